package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Outcomes;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `topic describe`.
@Command(name = "describe", description = "Shows topics with their partitions and the settings of their own.")
public final class TopicDescribeCommand extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "Their names.")
    private List<String> names = new ArrayList<>();

    public TopicDescribeCommand(Console console) {
        super(console);
    }

    @Override
    protected ExitCode run(Connection connection) {
        return print(Outcomes.ofEach(names, name -> row(connection, Topics.describe(connection, name))));
    }

    private static Fields row(Connection connection, TopicDescription topic) {
        List<Fields> settings = TopicConfigs.of(connection, topic.name()).values().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .map(entry -> Fields.of("name", entry.name()).with("value", entry.value()))
                .toList();
        return Fields.of("topic", topic.name())
                .with("topicId", topic.topicId().toString())
                .with("internal", topic.isInternal())
                .withRows("settings", settings)
                .withRows(
                        "partitions",
                        topic.partitions().stream()
                                .map(TopicDescribeCommand::partition)
                                .toList());
    }

    private static Fields partition(TopicPartitionInfo partition) {
        @Nullable Node leader = partition.leader();
        Fields row = Fields.of("partition", partition.partition());
        return (leader == null || leader.isEmpty()
                        ? row.with("leader", (String) null)
                        : row.with("leader", leader.id()))
                .withNumbers(
                        "replicas", partition.replicas().stream().map(Node::id).toList())
                .withNumbers("isr", partition.isr().stream().map(Node::id).toList());
    }
}
