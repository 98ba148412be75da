package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.ChangeOptions;
import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.ConfirmOptions;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Outcomes;
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
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.PolicyViolationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `topic trim`.
@Command(name = "trim", description = "Deletes the records before a place in each partition.")
public final class TopicTrimCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "Its name.")
    private String topic = "";

    @Option(
            names = "--before",
            required = true,
            paramLabel = "POSITION",
            description = "The first record that stays: " + Position.FORMS + ".")
    private String before = "";

    @Option(
            names = {"-p", "--partition"},
            split = ",",
            paramLabel = "N",
            description = "Only these partitions, separated by commas.")
    private List<Integer> only = new ArrayList<>();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    public TopicTrimCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        Topics.requireLegal(topic);
        position();
    }

    private Position position() {
        return Offsets.withoutGroup("--before", Position.parse("--before", before));
    }

    @Override
    protected ExitCode run(Connection connection) {
        List<TopicPartition> partitions = Topics.partitions(Topics.describe(connection, topic), only);
        Map<TopicPartition, PartitionRange> ranges = Offsets.ranges(connection, partitions);
        if (position() instanceof Position.Offset(long offset)) {
            ranges.forEach((partition, range) -> requireWithin(partition, range, offset));
        }
        Map<TopicPartition, Long> targets = Offsets.at(connection, ranges, position(), Map.of());
        targets.entrySet()
                .removeIf(target -> target.getValue()
                        <= Objects.requireNonNull(ranges.get(target.getKey())).logStartOffset());
        Outcomes outcomes = change.dryRun() ? planned(targets, ranges) : trim(connection, targets, ranges);
        if (targets.isEmpty()) {
            print(List.of(), "nothing to do: no partition has a record before that");
            return ExitCode.DONE;
        }
        return print(outcomes);
    }

    private static void requireWithin(TopicPartition partition, PartitionRange range, long offset) {
        if (offset > range.endOffset()) {
            throw Refused.askedWrongly(
                    "--before: found " + offset + ", but partition " + partition.partition() + " of '"
                            + partition.topic() + "' ends at " + range.endOffset()
                            + "; choose a smaller offset, name its partition with --partition, or say end");
        }
    }

    private Outcomes planned(Map<TopicPartition, Long> targets, Map<TopicPartition, PartitionRange> ranges) {
        Outcomes outcomes = new Outcomes();
        targets.forEach((partition, target) -> outcomes.add(row(partition, ranges, target)));
        return outcomes;
    }

    private Outcomes trim(
            Connection connection, Map<TopicPartition, Long> targets, Map<TopicPartition, PartitionRange> ranges) {
        Outcomes outcomes = new Outcomes();
        if (targets.isEmpty()) {
            return outcomes;
        }
        confirm.confirm(console(), "The records of topic " + topic + " before that will be gone for good.", topic);
        Map<TopicPartition, RecordsToDelete> asked = new HashMap<>();
        targets.forEach((partition, target) -> asked.put(partition, RecordsToDelete.beforeOffset(target)));
        Map<TopicPartition, KafkaFuture<DeletedRecords>> answers =
                connection.admin().deleteRecords(asked).lowWatermarks();
        targets.keySet().forEach(partition -> {
            try {
                long start = connection
                        .attempt(Objects.requireNonNull(answers.get(partition)))
                        .lowWatermark();
                outcomes.add(row(partition, ranges, start));
            } catch (ExecutionException e) {
                outcomes.add(refused(Connection.cause(e), connection));
            }
        });
        return outcomes;
    }

    private Refused refused(Throwable cause, Connection connection) {
        return cause instanceof PolicyViolationException
                ? Refused.with(
                        ExitCode.CONFLICT,
                        "topic '" + topic + "' is compacted only, and its records are not deleted; add delete to its"
                                + " cleanup.policy first")
                : Topics.refused(cause, connection, topic);
    }

    private Fields row(TopicPartition partition, Map<TopicPartition, PartitionRange> ranges, long target) {
        long start = Objects.requireNonNull(ranges.get(partition)).logStartOffset();
        return Fields.of("topic", partition.topic())
                .with("partition", partition.partition())
                .with("logStartOffset", start)
                .with("newLogStartOffset", target)
                .with("records", target - start)
                .with("result", change.result("deleted"));
    }
}
