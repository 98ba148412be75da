package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.SharedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Apache's own tools, as `kafka-topics`, `kafka-get-offsets` and `kafka-dump-log` start them.
@ExtendWith(SharedBroker.class)
class ApacheToolsCompatIT {
    private static final String TOPICS = "org.apache.kafka.tools.TopicCommand";
    private static final String OFFSETS = "org.apache.kafka.tools.GetOffsetShell";
    private static final String DUMP = "org.apache.kafka.tools.DumpLogSegments";
    private final Broker broker;

    ApacheToolsCompatIT(Broker broker) {
        this.broker = broker;
    }

    @Test
    void kafkaTopicsCreatesDescribesListsAndDeletes() throws Exception {
        String topic = broker.freshTopic("tools");

        assertThat(tool(TOPICS, "--create", "--topic", topic, "--partitions", "3", "--config", "retention.ms=60000")
                        .output())
                .contains("Created topic " + topic);
        assertThat(tool(TOPICS, "--list").lines()).contains(topic);
        String description = tool(TOPICS, "--describe", "--topic", topic).output();
        assertThat(description)
                .contains("PartitionCount: 3")
                .contains("ReplicationFactor: 1")
                .contains("retention.ms=60000")
                .contains("Leader: 1");
        tool(TOPICS, "--delete", "--topic", topic);
        assertThat(tool(TOPICS, "--list").lines()).doesNotContain(topic);
    }

    @Test
    void kafkaGetOffsetsCountsWhatWasWritten() throws Exception {
        String topic = Clients.createTopic(broker, "counted", 2);
        Clients.produce(
                broker, topic, 1, IntStream.range(0, 42).mapToObj(i -> "v" + i).toList());

        assertThat(tool(OFFSETS, "--topic", topic).lines()).containsExactly(topic + ":0:0", topic + ":1:42");
        assertThat(tool(OFFSETS, "--topic", topic, "--time", "earliest").lines())
                .containsExactly(topic + ":0:0", topic + ":1:0");
        assertThat(tool(OFFSETS, "--topic", topic, "--time", "max-timestamp").lines())
                .singleElement()
                .asString()
                .startsWith(topic + ":1:");
    }

    @Test
    void kafkaDumpLogReadsTheFiles() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(broker.data()), "the files of this broker are not known");
        String topic = Clients.createTopic(broker, "dumped", 1);
        Clients.produce(broker, topic, 0, List.of("first", "second", "third"));
        Path segment = broker.data().resolve(topic + "-0").resolve("00000000000000000000.log");

        Program.Result dump = Program.java(
                        CompatFiles.fetched("apache-tools"),
                        List.of(),
                        DUMP,
                        "--print-data-log",
                        "--deep-iteration",
                        "--files",
                        segment)
                .run()
                .succeeds();

        assertThat(dump.output())
                .contains("Log starting offset: 0")
                .contains("payload: first")
                .contains("payload: third")
                .contains("isvalid: true")
                .doesNotContain("isvalid: false");
    }

    private Program.Result tool(String mainClass, Object... arguments) throws Exception {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "--bootstrap-server";
        all[1] = broker.bootstrap();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Program.java(CompatFiles.fetched("apache-tools"), List.of(), mainClass, all)
                .run()
                .succeeds();
    }
}
