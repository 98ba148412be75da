package io.meridian.platform.cli.group;

import io.meridian.platform.cli.client.ChangeOptions;
import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.cli.position.PartitionRange;
import io.meridian.platform.cli.position.Position;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `group reset`.
///
/// The protocol has no way to only try this, so a dry run computes the same offsets and stops there.
@Command(
        name = "reset",
        description =
                "Puts a group that nobody is in to other offsets. Offsets outside of what a partition has are moved to"
                        + " its nearer end.")
public final class GroupResetCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "GROUP", description = "Its name.")
    private String group = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "POSITION",
            description = "Where to: " + Position.FORMS + "; also current, current+N and current-N.")
    private String to = "";

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC[:N,..]",
            description = "This topic, or only these partitions of it; may be repeated.")
    private List<String> topics = new ArrayList<>();

    @Option(names = "--all-topics", description = "Every topic for which the group has committed something.")
    private boolean allTopics;

    @Option(names = "--create", description = "Makes the group if it does not exist.")
    private boolean create;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    public GroupResetCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        selections();
        Position.parse("--to", to);
        if (topics.isEmpty() == !allTopics) {
            throw Refused.askedWrongly("group reset: say which topics, with either --topic TOPIC or --all-topics");
        }
    }

    private List<TopicSelection> selections() {
        return topics.stream().map(TopicSelection::parse).toList();
    }

    @Override
    protected ExitCode run(Connection connection) {
        Optional<ConsumerGroupDescription> found = Groups.find(connection, group);
        if (found.isEmpty() && !create) {
            Refused unknown = Groups.unknown(connection, group);
            throw Refused.with(unknown.exitCode(), unknown.line() + ", --create makes it");
        }
        found.ifPresent(Groups::requireEmpty);
        Map<TopicPartition, Long> committed = found.isPresent() ? Groups.committed(connection, group) : Map.of();
        Map<TopicPartition, PartitionRange> ranges = Offsets.ranges(connection, partitions(connection, committed));
        Position position = Position.parse("--to", to);
        Map<TopicPartition, Long> targets = Offsets.at(connection, ranges, position, committed);
        if (!change.dryRun() && !targets.isEmpty()) {
            commit(connection, targets);
        }
        List<Fields> rows = new ArrayList<>();
        targets.forEach((partition, target) -> rows.add(Fields.of("group", group)
                .with("topic", partition.topic())
                .with("partition", partition.partition())
                .with("committedOffset", Optional.ofNullable(committed.get(partition)))
                .with("newOffset", target)
                .with("lag", Optional.ofNullable(ranges.get(partition)).map(range -> range.endOffset() - target))
                .with("result", change.result("reset"))));
        print(rows, "nothing to do: group '" + group + "' has committed nothing for a topic that exists");
        return ExitCode.DONE;
    }

    private Set<TopicPartition> partitions(Connection connection, Map<TopicPartition, Long> committed) {
        if (!allTopics) {
            return TopicSelection.resolve(connection, selections());
        }
        Set<String> existing = Topics.names(connection, true);
        Set<TopicPartition> partitions = new TreeSet<>(Offsets.ORDER);
        committed.keySet().stream()
                .filter(partition -> existing.contains(partition.topic()))
                .forEach(partitions::add);
        return partitions;
    }

    private void commit(Connection connection, Map<TopicPartition, Long> targets) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        targets.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try {
            connection.attempt(
                    connection.admin().alterConsumerGroupOffsets(group, offsets).all());
        } catch (ExecutionException e) {
            throw Groups.refused(Connection.cause(e), connection, group);
        }
    }
}
