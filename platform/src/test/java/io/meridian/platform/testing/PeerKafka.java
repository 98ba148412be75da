package io.meridian.platform.testing;

import io.meridian.platform.node.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Apache Kafka itself, one combined node in a process of its own, formatted by its own tool.
///
/// What the answers of ours are compared with. Its jars are those that the `peer` profile of the build has fetched.
/// Settings are Kafka's defaults but for what one node alone needs, and no delay before a group's first
/// rebalance.
public final class PeerKafka implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final String CLUSTER_ID = "AAAAAAAAAAAAAAAAAAAAAQ";

    private final Path directory;
    private final Process process;
    private final Thread reaper;
    private final int port;

    private PeerKafka(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /// Formats and starts a node and waits until it takes connections.
    ///
    /// @param classPath folders with the jars of the server
    /// @param settings more lines of `server.properties`
    public static PeerKafka start(List<Path> classPath, String... settings) throws InterruptedException {
        try {
            Path directory = Files.createTempDirectory("peer-kafka");
            int port = FreePort.next();
            int controllerPort = FreePort.next();
            List<String> lines = new ArrayList<>(List.of(
                    "node.id=1",
                    "process.roles=broker,controller",
                    "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                    "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                    "controller.listener.names=CONTROLLER",
                    "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                    "log.dirs=" + directory.resolve("data"),
                    "offsets.topic.replication.factor=1",
                    "transaction.state.log.replication.factor=1",
                    "transaction.state.log.min.isr=1",
                    "share.coordinator.state.topic.replication.factor=1",
                    "share.coordinator.state.topic.min.isr=1",
                    "group.initial.rebalance.delay.ms=0",
                    "log.initial.task.delay.ms=86400000"));
            lines.addAll(List.of(settings));
            Path properties = Files.write(directory.resolve("server.properties"), lines);
            run(directory, classPath, "kafka.tools.StorageTool", "format", "-c", properties, "-t", CLUSTER_ID)
                    .waitFor();
            PeerKafka peer = new PeerKafka(directory, run(directory, classPath, "kafka.Kafka", properties), port);
            peer.awaitReady();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process run(Path directory, List<Path> classPath, String mainClass, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                String.join(
                        File.pathSeparator,
                        classPath.stream()
                                .map(folder -> folder + File.separator + "*")
                                .toList()),
                mainClass));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        File log = directory.resolve("log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private void awaitReady() throws InterruptedException, IOException {
        long deadlineNs = System.nanoTime() + START_LIMIT.toNanos();
        while (!takesConnections()) {
            if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                throw new IllegalStateException("Kafka did not start: " + Files.readString(directory.resolve("log")));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// It as a [Broker], its files included.
    public Broker broker() {
        return new Broker("127.0.0.1:" + port, directory.resolve("data"), 0);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Runtime.getRuntime().removeShutdownHook(reaper);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
