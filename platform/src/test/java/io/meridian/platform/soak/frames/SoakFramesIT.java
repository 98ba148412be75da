package io.meridian.platform.soak.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.terminal.LoggingSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakFramesIT {
    private static final long SEED = Long.getLong("meridian.soak.seed", 4);

    @TempDir
    Path directory;

    @Test
    void hostileFramesNeitherBreakNorHoldNorFillTheEngine() throws Exception {
        FireResult result = new EngineFire(20_000, SEED, System.out::println).run(directory);

        assertThat(result.trouble()).isEmpty();
        assertThat(result.text()).contains(" 0 that the version cannot say");
        assertThat(result.turnMsMax()).as(result.summary()).isLessThanOrEqualTo(FireResult.TURN_MS_MAX);
        assertThat(result.after().heapBytes() - result.before().heapBytes())
                .as(result.summary())
                .isLessThanOrEqualTo(FireResult.HEAP_GROWTH_MAX);
    }

    /// How long turns take is not asked here: other processes share the machine.
    @Test
    void hostileConnectionsLeaveANodeWithLittleMemoryAsItWas() throws Exception {
        LoggingSetup.quietClients();
        Files.createDirectories(directory.resolve("node"));
        FramesPlan plan = new FramesPlan(NodeCommand.on(directory.resolve("node")), directory, 0, 500, SEED);
        NodeProcess node = NodeProcess.start(plan.nodeLine(), plan.errors());
        try {
            node.awaitReady(Duration.ofMinutes(1));

            FireResult result = new SocketFire(plan, node, System.out::println).run();

            assertThat(result.trouble()).isEmpty();
            assertThat(result.after().heapBytes() - result.before().heapBytes())
                    .as(result.summary())
                    .isLessThanOrEqualTo(FireResult.HEAP_GROWTH_MAX);
            assertThat(node.stop(Duration.ofMinutes(1))).isZero();
        } finally {
            node.close();
        }
    }

    @Test
    void aSeedDrawsTheSameFramesAgain() {
        FrameForge one = new FrameForge(new SeededRandom(7));
        FrameForge other = new FrameForge(new SeededRandom(7));

        for (int i = 0; i < 50; i++) {
            byte[] frame = one.next();
            byte[] same = other.next();
            assertThat(same).hasSameSizeAs(frame);
        }
    }
}
