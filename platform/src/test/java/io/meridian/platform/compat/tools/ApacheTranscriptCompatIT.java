package io.meridian.platform.compat.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.testing.Broker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Apache's tools print on us what the transcripts say that they print on Apache Kafka.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApacheTranscriptCompatIT {
    private NodeProcess node;
    private Broker broker;
    private ToolsProcess tools;

    @BeforeAll
    void up(@TempDir Path directory) throws Exception {
        LoggingSetup.quietClients();
        NodeCommand command = NodeCommand.on(directory.resolve("data")).with("group.initial.rebalance.delay.ms", "0");
        node = NodeProcess.start(command, directory.resolve("errors"));
        tools = new ToolsProcess();
        node.awaitReady(Duration.ofMinutes(1));
        broker = new Broker(command.bootstrap(), command.data(), command.httpPort());
    }

    @AfterAll
    void down() throws IOException {
        tools.close();
        node.close();
    }

    static List<String> names() throws IOException {
        return Transcripts.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void apachesToolsPrintWhatTheyPrintOnApacheKafka(String name) throws IOException {
        Transcript expected = Transcripts.read(name);
        Differences differences = Transcripts.differences();

        Transcript found = Transcripts.run(expected, broker, tools);

        assertThat(String.join("\n", differences.compared(name, found.lines())))
                .isEqualTo(String.join("\n", differences.compared(name, expected.lines())));
        List<String> both = new ArrayList<>(expected.lines());
        both.addAll(found.lines());
        assertThat(differences.stale(name, both)).as("stale rules").isEmpty();
    }
}
