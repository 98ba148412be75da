package io.meridian.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void theLinesSayWhatRunsWhereAndTheLastBeginsWithReady() throws Exception {
        NodeCommand command = NodeCommand.on(directory.resolve("data"));

        try (NodeProcess node = start(command)) {
            List<String> lines = node.output();

            assertThat(lines).anySatisfy(line -> assertThat(line).contains(command.bootstrap()));
            assertThat(lines)
                    .anySatisfy(line -> assertThat(line)
                            .contains("http://127.0.0.1:" + command.httpPort() + "/health")
                            .contains("http://127.0.0.1:" + command.httpPort() + "/metrics"));
            assertThat(lines)
                    .anySatisfy(line -> assertThat(line).contains(command.data().toString()));
            for (String client : List.of("kcat", "Java", "Python", "Node", "Go")) {
                assertThat(lines).anySatisfy(line -> assertThat(line.strip()).startsWith(client));
            }
            assertThat(lines.get(lines.size() - 1)).startsWith("ready");
            assertThat(lines).hasSizeLessThan(16);
            assertThat(Files.readString(directory.resolve("errors"))).isEmpty();
        }
    }

    @Test
    void healthAndMetricsAnswer() throws Exception {
        NodeCommand command = NodeCommand.on(directory.resolve("data"));

        try (NodeProcess _ = start(command);
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(get(http, command, "/health").statusCode()).isEqualTo(200);
            HttpResponse<String> metrics = get(http, command, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).contains("# TYPE ").contains("meridian_");
        }
    }

    @Test
    void recordsSurviveACleanStopAndTheNextStartFindsTheDirectoryItLeft() throws Exception {
        NodeCommand command = NodeCommand.on(directory.resolve("data"));
        Broker broker = new Broker(command.bootstrap(), command.data(), command.httpPort());
        String topic;

        try (NodeProcess node = start(command)) {
            topic = Clients.createTopic(broker, "kept", 1);
            Clients.produce(broker, topic, 0, List.of("one", "two"));
            assertThat(node.stop(LIMIT)).as("exit code after SIGTERM").isZero();
        }
        try (NodeProcess node = start(command)) {
            assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly("one", "two");
            Clients.produce(broker, topic, 0, List.of("three"));
            assertThat(Program.of("kill", "-INT", node.pid()).run().exitCode()).isZero();
            assertThat(node.awaitExit(LIMIT)).as("exit code after SIGINT").isZero();
        }
        try (NodeProcess _ = start(command)) {
            assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly("one", "two", "three");
        }
    }

    @Test
    void aSignalWhileTheNodeStartsEndsItWithoutHarm() throws Exception {
        NodeCommand command = NodeCommand.on(directory.resolve("data"));
        try (NodeProcess node = NodeProcess.start(command, directory.resolve("errors"))) {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> Files.exists(command.data()));

            assertThat(node.stop(LIMIT)).isZero();
        }
        try (NodeProcess _ = start(command)) {
            assertThat(Files.readString(directory.resolve("errors"))).isEmpty();
        }
    }

    @Test
    void settingsComeFromTheFileAndSetWins() throws Exception {
        Path file =
                Files.writeString(directory.resolve("settings"), "num.partitions=3\nauto.create.topics.enable=true\n");
        NodeCommand command = NodeCommand.on(directory.resolve("data"));
        List<String> line = command.with("num.partitions", "5").line();
        line.addAll(List.of("--config", file.toString()));
        Broker broker = new Broker(command.bootstrap(), command.data(), command.httpPort());

        try (NodeProcess node = NodeProcess.start(line, directory.resolve("errors"))) {
            node.awaitReady(LIMIT);
            Clients.produce(broker, "auto", 0, List.of("x"));

            assertThat(Clients.partitions(broker, "auto")).isEqualTo(5);
        }
    }

    private NodeProcess start(NodeCommand command) throws InterruptedException {
        NodeProcess node = NodeProcess.start(command, directory.resolve("errors"));
        node.awaitReady(LIMIT);
        return node;
    }

    private static HttpResponse<String> get(HttpClient http, NodeCommand command, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + command.httpPort() + path);
        return http.send(HttpRequest.newBuilder(uri).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
    }
}
