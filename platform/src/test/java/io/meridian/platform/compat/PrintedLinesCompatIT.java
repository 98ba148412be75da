package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The commands that `up` prints, run by a shell in the project's directory as they stand.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintedLinesCompatIT {
    private final Path project =
            Path.of(System.getProperty("meridian.root", "..")).toAbsolutePath();
    private NodeCommand command;
    private NodeProcess node;

    @BeforeAll
    void up(@TempDir Path directory) throws Exception {
        command = NodeCommand.on(directory.resolve("data"));
        node = NodeProcess.start(command, directory.resolve("errors"));
        node.awaitReady(Duration.ofMinutes(1));
    }

    @AfterAll
    void down() {
        node.close();
    }

    @Test
    void kcat() throws Exception {
        Requires.program("the printed kcat line", "kcat", "apt-get install kcat");

        assertThat(run("kcat").succeeds().output()).contains("hello");
    }

    @Test
    void shell() throws Exception {
        assertThat(run("shell").succeeds().lines().getLast()).containsPattern("hello +-$");
    }

    @Test
    void java() throws Exception {
        assertThat(run("Java").succeeds().output()).contains("from Java 9");
    }

    @Test
    void python() throws Exception {
        Path python = Requires.program("the printed Python line", "python3", "apt-get install python3");
        Requires.that(
                Program.of(python, "-c", "import confluent_kafka").run().exitCode() == 0,
                "the printed Python line",
                "the Python module confluent_kafka",
                "pip install confluent-kafka");

        run("Python").succeeds();

        assertThat(stored()).contains("from Python");
    }

    @Test
    void node() throws Exception {
        Path program = Requires.program("the printed Node line", "node", "apt-get install nodejs");
        Requires.that(
                Program.of(program, "-e", "require('kafkajs')").run().exitCode() == 0,
                "the printed Node line",
                "the Node module kafkajs",
                "npm install kafkajs");

        run("Node").succeeds();

        assertThat(stored()).contains("from Node");
    }

    @Test
    void go() throws Exception {
        Requires.program("the printed Go line", "go", "Go 1.26 or newer");

        assertThat(run("Go").succeeds().output()).contains("from Go 9");
    }

    private Program.Result run(String client) throws Exception {
        String line = node.output().stream()
                .filter(printed -> printed.strip().startsWith(client + " "))
                .findFirst()
                .orElseThrow();
        return Program.of("sh", "-c", line.strip().substring(client.length()))
                .in(project)
                .run();
    }

    private String stored() {
        Broker broker = new Broker(command.bootstrap(), command.data(), command.httpPort());
        return String.join("\n", Clients.values(Clients.readAll(broker, "hello", 0)));
    }
}
