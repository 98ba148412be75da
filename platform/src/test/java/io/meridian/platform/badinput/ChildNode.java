package io.meridian.platform.badinput;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.testing.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A node with less of something than it would like.
final class ChildNode implements AutoCloseable {
    static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final NodeCommand command;
    private final Path errors;
    private final NodeProcess process;

    private ChildNode(NodeCommand command, Path errors, NodeProcess process) {
        this.command = command;
        this.errors = errors;
        this.process = process;
    }

    /// With these options of the virtual machine after the usual ones.
    static ChildNode with(NodeCommand command, Path errors, String... options) {
        List<String> line = new ArrayList<>(command.line());
        line.addAll(line.indexOf("-cp"), List.of(options));
        return new ChildNode(command, errors, NodeProcess.start(line, errors));
    }

    /// With so many open files at most.
    static ChildNode withFiles(int files, NodeCommand command, Path errors) {
        List<String> line = new ArrayList<>(List.of("prlimit", "--nofile=" + files + ":" + files));
        line.addAll(command.line());
        return new ChildNode(command, errors, NodeProcess.start(line, errors));
    }

    ChildNode ready() throws InterruptedException {
        process.awaitReady(START_LIMIT);
        return this;
    }

    NodeProcess process() {
        return process;
    }

    Broker broker() {
        return new Broker(command.bootstrap(), command.data(), command.httpPort());
    }

    String errorText() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.close();
    }
}
