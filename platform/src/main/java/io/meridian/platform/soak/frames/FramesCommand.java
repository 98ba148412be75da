package io.meridian.platform.soak.frames;

import io.meridian.platform.soak.place.SoakPlace;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `soak frames`: bytes that nobody should send.
@Command(
        name = "frames",
        description = "Sends malformed and hostile frames through the decoder and the engine and through sockets at a"
                + " node with little memory, and checks that it neither breaks nor stops nor grows.",
        mixinStandardHelpOptions = true)
public final class FramesCommand implements Callable<Integer> {
    @Option(names = "--frames", defaultValue = "1000000", description = "Frames to the engine (${DEFAULT-VALUE}).")
    private long frames;

    @Option(names = "--sockets", defaultValue = "20000", description = "Connections to the node (${DEFAULT-VALUE}).")
    private int sockets;

    @Option(names = "--seed", description = "Seed of the frames; drawn if not given.")
    private @Nullable Long seed;

    /// The engine's half in this very process, which the command starts for itself with little memory.
    @Option(names = "--here", hidden = true)
    private boolean here;

    @Mixin
    private final SoakPlace place = new SoakPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (frames < 0 || sockets < 0) {
            throw Refused.askedWrongly("soak frames: --frames and --sockets start at 0");
        }
        LoggingSetup.quietClients();
        Path directory = place.directory();
        Long givenSeed = seed;
        long drawn = givenSeed != null ? givenSeed : System.nanoTime();
        if (here) {
            return finish(new EngineFire(frames, drawn, System.out::println).run(directory));
        }
        FramesPlan plan = new FramesPlan(place.node(directory.resolve("node")), directory, frames, sockets, drawn);
        System.out.println("soak frames: seed " + drawn + ", data in " + directory);
        boolean passed = new FramesSoak(plan, System.out::println).run();
        if (passed) {
            place.clear();
        }
        return passed ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }

    private static int finish(FireResult result) {
        System.out.println(result.summary());
        return result.complaint().isEmpty() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }
}
