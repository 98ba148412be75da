package io.meridian.platform.cli.group;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Outcomes;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.cli.position.PartitionRange;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `group lag`.
@Command(name = "lag", description = "Shows how far groups are behind, by partition.")
public final class GroupLagCommand extends ClientCommand {
    @Parameters(arity = "0..*", paramLabel = "GROUP", description = "Their names; without any, all groups.")
    private List<String> names = new ArrayList<>();

    public GroupLagCommand(Console console) {
        super(console);
    }

    @Override
    protected ExitCode run(Connection connection) {
        boolean all = names.isEmpty();
        Set<String> existing = Topics.names(connection, true);
        Outcomes outcomes = new Outcomes();
        for (String name : all ? Groups.list(connection).keySet() : new LinkedHashSet<>(names)) {
            Optional<ConsumerGroupDescription> group = Groups.find(connection, name);
            if (group.isPresent()) {
                rows(connection, group.get(), existing).forEach(outcomes::add);
            } else if (!all) {
                outcomes.add(Groups.unknown(connection, name));
            }
        }
        if (outcomes.rows().isEmpty() && outcomes.problems().isEmpty()) {
            print(List.of(), all ? "no group has committed anything" : "nothing is committed and nobody is there");
            return ExitCode.DONE;
        }
        return print(outcomes);
    }

    private static List<Fields> rows(Connection connection, ConsumerGroupDescription group, Set<String> existing) {
        Map<TopicPartition, Long> committed = Groups.committed(connection, group.groupId());
        Map<TopicPartition, String> members = new TreeMap<>(Offsets.ORDER);
        group.members()
                .forEach(member -> member.assignment()
                        .topicPartitions()
                        .forEach(partition -> members.put(partition, Groups.member(member))));
        Set<TopicPartition> partitions = new TreeSet<>(Offsets.ORDER);
        partitions.addAll(committed.keySet());
        partitions.addAll(members.keySet());
        Map<TopicPartition, PartitionRange> ranges = ranges(connection, partitions, existing);
        List<Fields> rows = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            @Nullable PartitionRange range = ranges.get(partition);
            Optional<Long> offset = Optional.ofNullable(committed.get(partition));
            Optional<Long> end = range == null ? Optional.empty() : Optional.of(range.endOffset());
            rows.add(Fields.of("group", group.groupId())
                    .with("topic", partition.topic())
                    .with("partition", partition.partition())
                    .with("committedOffset", offset)
                    .with("endOffset", end)
                    .with("lag", offset.flatMap(at -> end.map(last -> Math.max(0, last - at))))
                    .with("member", members.get(partition)));
        }
        return rows;
    }

    /// Of the partitions that still exist: a group may have committed for a topic that was deleted.
    private static Map<TopicPartition, PartitionRange> ranges(
            Connection connection, Collection<TopicPartition> partitions, Set<String> existing) {
        List<TopicPartition> asked = partitions.stream()
                .filter(partition -> existing.contains(partition.topic()))
                .toList();
        try {
            return Offsets.ranges(connection, asked);
        } catch (Refused refused) {
            if (refused.exitCode() == ExitCode.NOT_FOUND) {
                return Map.of();
            }
            throw refused;
        }
    }
}
