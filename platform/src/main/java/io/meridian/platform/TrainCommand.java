package io.meridian.platform;

import io.meridian.platform.node.FreePort;
import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `train`: a short life of a node on which the virtual machine learns what a start needs, and which methods a busy
/// node runs how.
///
/// The launch script runs it once with `-XX:AOTCacheOutput`. It must load what `up` and the tools load and end
/// normally.
@Command(name = "train", hidden = true, description = "Runs a node for a moment, for the ahead-of-time cache.")
final class TrainCommand implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final int HTTP_LIMIT_MS = 10_000;

    @Option(names = "--tools", description = "Learns what the tools need, whose broker is a process of its own.")
    private boolean tools;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Path data = Files.createTempDirectory("meridian-train");
        try {
            if (tools) {
                trainTools(data);
            } else {
                LoggingSetup.quietClients();
                trainNode(data);
            }
        } finally {
            delete(data);
        }
        return 0;
    }

    private static void trainTools(Path data) throws InterruptedException {
        NodeCommand command = NodeCommand.on(data.resolve("node"));
        try (NodeProcess node = NodeProcess.start(command, data.resolve("errors"))) {
            node.awaitReady(START_LIMIT);
            useTools(command.bootstrap());
        }
    }

    private static void trainNode(Path data) throws IOException, InterruptedException, ExecutionException {
        TreeMap<String, String> settings = new TreeMap<>(Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "port", Integer.toString(FreePort.next()),
                "http.port", Integer.toString(FreePort.next())));
        try (LocalNode node = LocalNode.start(data, settings)) {
            TrainingLoad.run("127.0.0.1:" + node.clientPort());
            request(node.httpPort(), "/health");
            request(node.httpPort(), "/metrics");
        }
    }

    /// One call of each kind, because every tool is a start of its own.
    private static void useTools(String bootstrap) {
        for (String line : List.of(
                "topic list",
                "topic create train-tools -p 2",
                "topic describe train-tools",
                "topic offsets train-tools",
                "topic config train-tools",
                "produce train-tools",
                "consume train-tools --until end -o json",
                "group list",
                "group lag",
                "node status -o yaml",
                "topic delete train-tools",
                "doctor")) {
            List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
            arguments.addAll(List.of("--bootstrap", bootstrap));
            Console console = new Console(
                    new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8)),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    Console.Terminals.NONE,
                    Map.of());
            Main.run(console, arguments.toArray(String[]::new));
        }
    }

    private static void request(int port, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(HTTP_LIMIT_MS);
        connection.setReadTimeout(HTTP_LIMIT_MS);
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        }
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw Refused.couldNot("train: " + uri + " answered " + status + ", expected 200");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
