package io.meridian.platform.testing;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.terminal.LoggingSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives test methods and constructors the one [Broker] that all classes of a run share.
///
/// It is a node in a process of its own, started by the first test that asks and stopped after the last test of the
/// run. It has two event loops on every machine, so that requests cross from one to the other. The first member of a
/// group does not wait for others to come, so that tests of groups are short.
public final class SharedBroker implements ParameterResolver {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Broker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        LoggingSetup.quietClients();
        String given = System.getProperty("meridian.compat.bootstrap", "");
        if (!given.isEmpty()) {
            return new Broker(given, Path.of(System.getProperty("meridian.compat.data", "/nonexistent")), 0);
        }
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, _ -> new Running(), Running.class)
                .broker();
    }

    private static final class Running implements AutoCloseable {
        private final Path directory;
        private final NodeProcess process;
        private final Broker broker;

        Running() {
            try {
                directory = Files.createTempDirectory("meridian-compat");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            NodeCommand command = NodeCommand.on(directory.resolve("data"))
                    .with("group.initial.rebalance.delay.ms", "0")
                    .with("num.network.threads", "2");
            process = NodeProcess.start(command, directory.resolve("errors"));
            try {
                process.awaitReady(START_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            broker = new Broker(command.bootstrap(), command.data(), command.httpPort());
        }

        Broker broker() {
            return broker;
        }

        private int stop() {
            try {
                return process.stop(STOP_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            int exitCode = stop();
            if (exitCode != 0) {
                throw new IllegalStateException("the shared node stopped with exit code " + exitCode + ": "
                        + Files.readString(directory.resolve("errors")));
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
