package io.meridian.platform.compat.tools;

import io.meridian.platform.compat.CompatFiles;
import io.meridian.platform.testing.Program;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A JVM in which Apache's tools run one after the other, by the names of their scripts.
final class ToolsProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Map<String, String> MAIN_CLASSES = Map.ofEntries(
            Map.entry("kafka-topics", "org.apache.kafka.tools.TopicCommand"),
            Map.entry("kafka-configs", "kafka.admin.ConfigCommand"),
            Map.entry("kafka-consumer-groups", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
            Map.entry("kafka-groups", "org.apache.kafka.tools.GroupsCommand"),
            Map.entry("kafka-delete-records", "org.apache.kafka.tools.DeleteRecordsCommand"),
            Map.entry("kafka-get-offsets", "org.apache.kafka.tools.GetOffsetShell"),
            Map.entry("kafka-console-producer", "org.apache.kafka.tools.ConsoleProducer"),
            Map.entry("kafka-console-consumer", "org.apache.kafka.tools.consumer.ConsoleConsumer"),
            Map.entry("kafka-broker-api-versions", "org.apache.kafka.tools.BrokerApiVersionsCommand"),
            Map.entry("kafka-verifiable-producer", "org.apache.kafka.tools.VerifiableProducer"),
            Map.entry("kafka-verifiable-consumer", "org.apache.kafka.tools.VerifiableConsumer"),
            Map.entry("kafka-log-dirs", "org.apache.kafka.tools.LogDirsCommand"),
            Map.entry("kafka-cluster", "org.apache.kafka.tools.ClusterTool"),
            Map.entry("kafka-leader-election", "org.apache.kafka.tools.LeaderElectionCommand"),
            Map.entry("kafka-reassign-partitions", "org.apache.kafka.tools.reassign.ReassignPartitionsCommand"),
            Map.entry("kafka-transactions", "org.apache.kafka.tools.TransactionsCommand"),
            Map.entry("kafka-client-metrics", "org.apache.kafka.tools.ClientMetricsCommand"),
            Map.entry("kafka-features", "org.apache.kafka.tools.FeatureCommand"));

    /// They flush what they have in a hook of the JVM itself.
    private static final List<String> OWN_JVM = List.of("kafka-verifiable-producer", "kafka-verifiable-consumer");

    private final Process process;
    private final Socket socket;
    private final DataOutputStream to;
    private final DataInputStream from;

    ToolsProcess() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "--sun-misc-unsafe-memory-access=allow",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            CompatFiles.testClasses() + File.pathSeparator + CompatFiles.fetched("apache-tools")
                                    + File.separator + "*",
                            ToolsProgram.class.getName(),
                            Integer.toString(listener.getLocalPort()))
                    .inheritIO()
                    .start();
            listener.setSoTimeout((int) LIMIT.toMillis());
            socket = listener.accept();
        }
        to = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        from = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /// Runs one tool to its end.
    ///
    /// @throws AssertionError if it has not ended after a minute
    Program.Result run(String tool, List<String> arguments, String input) throws IOException, InterruptedException {
        String mainClass = MAIN_CLASSES.get(tool);
        if (mainClass == null) {
            throw new IllegalArgumentException("no tool is called " + tool);
        }
        if (OWN_JVM.contains(tool)) {
            return Program.java(CompatFiles.fetched("apache-tools"), List.of(), mainClass, arguments.toArray())
                    .input(input)
                    .run();
        }
        to.writeUTF(mainClass);
        to.writeInt(arguments.size());
        for (String argument : arguments) {
            to.writeUTF(argument);
        }
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
        to.flush();
        try {
            return CompletableFuture.supplyAsync(this::answer, Thread::startVirtualThread)
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(tool + " " + arguments + " gave no answer", e);
        }
    }

    private Program.Result answer() {
        try {
            return new Program.Result(from.readInt(), text(), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() throws IOException {
        return new String(from.readNBytes(from.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        process.destroyForcibly();
    }
}
