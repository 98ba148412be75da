package io.meridian.platform.soak.frames;

import io.meridian.base.SeededRandom;
import io.meridian.server.file.DirectoryLocked;
import io.meridian.server.file.LockedDirectory;
import io.meridian.server.file.OpenFiles;
import io.meridian.server.runtime.StartRefused;
import io.meridian.settings.BrokerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Sends drawn frames through the decoder and a [LoneEngine] of this process and weighs the process before and after.
final class EngineFire {
    /// The share of the frames after which the first weighing takes place: classes are loaded, buffers grown, every
    /// name that frames have was seen.
    private static final int WARM_UP_SHARE = 4;

    /// For classes and this process's own output.
    private static final int RESERVED_FILES = 500;

    private static final int FRAMES_PER_SECOND = 1_000;
    private static final int FRAMES_PER_SWEEP = 20_000;
    /// As many as meet one round of syncs on a busy node.
    private static final int FRAMES_PER_SYNC = 50;

    private static final int REPORT_FRAMES = 100_000;
    private static final int SHOWN_BYTES_MAX = 400;
    private static final long LONGER_THAN_ANYTHING_WAITS_MS = 20 * 60_000L;

    private final long frames;
    private final long seed;
    private final Consumer<String> progress;

    /// @param progress gets a line now and then
    EngineFire(long frames, long seed, Consumer<String> progress) {
        this.frames = frames;
        this.seed = seed;
        this.progress = progress;
    }

    /// @param directory an empty one, for the engine's log
    FireResult run(Path directory) throws IOException, InterruptedException {
        if (!(BrokerConfig.read(new TreeMap<>()) instanceof BrokerConfig.Read.Config(BrokerConfig config))) {
            return FireResult.failed("the default settings are refused");
        }
        FireTally tally = new FireTally();
        try (LockedDirectory locked = LockedDirectory.open(directory, OpenFiles.ofProcess(RESERVED_FILES))) {
            SeededRandom random = new SeededRandom(seed);
            LoneEngine engine = new LoneEngine(locked.storage(), config, random.split(), tally);
            FrameForge forge = new FrameForge(random.split());
            Footprint before = Footprint.NOTHING;
            for (long frame = 0; frame < frames; frame++) {
                if (frame % FRAMES_PER_SWEEP == 0) {
                    engine.sweep();
                }
                if (frame == frames / WARM_UP_SHARE) {
                    engine.sweep();
                    engine.pass(LONGER_THAN_ANYTHING_WAITS_MS);
                    before = Footprint.ofThisProcess();
                }
                receive(engine, forge.next(), frame);
                if (frame % FRAMES_PER_SYNC == 0) {
                    engine.finish();
                }
                if (frame % FRAMES_PER_SECOND == 0) {
                    engine.pass(1_000);
                }
                if (!engine.stopReason().isEmpty()) {
                    return FireResult.failed("frame " + frame + " stops the node: " + engine.stopReason());
                }
                if (frame > 0 && frame % REPORT_FRAMES == 0) {
                    progress.accept(frame + " frames; " + tally.text());
                }
            }
            engine.sweep();
            engine.pass(LONGER_THAN_ANYTHING_WAITS_MS);
            return new FireResult(tally.text(), tally.turnMsMax(), before, Footprint.ofThisProcess(), "");
        } catch (StartRefused | DirectoryLocked refused) {
            return FireResult.failed(String.valueOf(refused.getMessage()));
        }
    }

    private static void receive(LoneEngine engine, byte[] bytes, long frame) {
        try {
            engine.receive(bytes);
        } catch (RuntimeException | StackOverflowError broken) {
            String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES_MAX));
            throw new IllegalStateException("frame " + frame + " breaks the engine: " + hex, broken);
        }
    }
}
