package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.cli.position.PartitionRange;
import io.meridian.platform.cli.position.Position;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `topic offsets`.
@Command(name = "offsets", description = "Shows where partitions begin and end.")
public final class TopicOffsetsCommand extends ClientCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "TOPIC",
            description = "Their names; without any, all but the topics that brokers keep for themselves.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "POSITION",
            description = "Also the offset that this place stands for: " + Position.FORMS + ".")
    private @Nullable String at;

    public TopicOffsetsCommand(Console console) {
        super(console);
    }

    @Override
    protected ExitCode run(Connection connection) {
        Position position = position();
        List<String> topics = names.isEmpty() ? List.copyOf(Topics.names(connection, false)) : names;
        List<TopicPartition> partitions = new ArrayList<>();
        for (String name : topics) {
            partitions.addAll(Topics.partitions(Topics.describe(connection, name), List.of()));
        }
        Map<TopicPartition, PartitionRange> ranges = Offsets.ranges(connection, partitions);
        Map<TopicPartition, Long> offsets =
                position == null ? new TreeMap<>(Offsets.ORDER) : Offsets.at(connection, ranges, position, Map.of());
        List<Fields> rows = new ArrayList<>();
        ranges.forEach((partition, range) -> {
            Fields row = Fields.of("topic", partition.topic())
                    .with("partition", partition.partition())
                    .with("logStartOffset", range.logStartOffset())
                    .with("endOffset", range.endOffset())
                    .with("records", range.count());
            Long offset = offsets.get(partition);
            rows.add(offset == null ? row : row.with("offset", offset));
        });
        print(rows, "there are no topics");
        return ExitCode.DONE;
    }

    private @Nullable Position position() {
        String given = at;
        return given == null ? null : Offsets.withoutGroup("--at", Position.parse("--at", given));
    }
}
