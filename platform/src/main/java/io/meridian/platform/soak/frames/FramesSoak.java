package io.meridian.platform.soak.frames;

import io.meridian.platform.node.NodeProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/// Runs one frames soak: the engine's half in a process of its own, then sockets to a node.
///
/// Used once.
public final class FramesSoak {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final FramesPlan plan;
    private final Consumer<String> progress;

    /// @param progress gets what happens, line by line
    FramesSoak(FramesPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// Does what was planned.
    ///
    /// @return whether everything that was promised was kept
    boolean run() throws IOException, InterruptedException {
        boolean engine = plan.frames() == 0 || engine();
        boolean sockets = plan.sockets() == 0 || sockets();
        return engine && sockets;
    }

    private boolean engine() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(plan.engineLine())
                .redirectError(plan.errors().toFile())
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(line -> progress.accept("engine: " + line));
        }
        int code = process.waitFor();
        if (code != 0) {
            progress.accept("engine: ended with " + code + ", see " + plan.errors());
        }
        return code == 0;
    }

    private boolean sockets() throws IOException, InterruptedException {
        NodeProcess node = NodeProcess.start(plan.nodeLine(), plan.errors());
        try {
            node.awaitReady(START_LIMIT);
            FireResult result = new SocketFire(plan, node, progress).run();
            progress.accept("sockets: " + result.summary());
            int code = node.isAlive() ? node.stop(STOP_LIMIT) : -1;
            if (code != 0) {
                progress.accept("sockets: the node ended with " + code + ", see " + plan.errors());
            }
            return result.complaint().isEmpty() && code == 0;
        } finally {
            node.close();
        }
    }
}
