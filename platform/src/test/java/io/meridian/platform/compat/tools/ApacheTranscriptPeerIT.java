package io.meridian.platform.compat.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.compat.CompatFiles;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.testing.PeerKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Records the transcripts on Apache Kafka. One that has changed is written to its file, and the test fails so that
/// somebody looks at it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApacheTranscriptPeerIT {
    private PeerKafka peer;
    private ToolsProcess tools;

    @BeforeAll
    void up() throws Exception {
        LoggingSetup.quietClients();
        peer = PeerKafka.start(List.of(CompatFiles.fetched("apache-tools")));
        tools = new ToolsProcess();
    }

    @AfterAll
    void down() throws Exception {
        tools.close();
        peer.close();
    }

    static List<String> names() throws IOException {
        return Transcripts.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTranscriptIsWhatApacheKafkaPrints(String name) throws IOException {
        Transcript recorded = Transcripts.read(name);

        List<String> found = Transcripts.run(recorded, peer.broker(), tools).lines();

        if (!found.equals(recorded.lines())) {
            Files.write(Transcripts.file(name), found);
        }
        assertThat(String.join("\n", found)).isEqualTo(String.join("\n", recorded.lines()));
    }
}
