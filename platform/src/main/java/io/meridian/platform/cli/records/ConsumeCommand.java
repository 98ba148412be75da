package io.meridian.platform.cli.records;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.ClientFailure;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.cli.position.Position;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `consume`.
@Command(
        name = "consume",
        description =
                "Prints the records of a topic and goes on with new ones until Ctrl-C, --until or --count. With -o json"
                        + " each line is a record that `produce --input json` stores again unchanged.")
public final class ConsumeCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "Its name.")
    private String topic = "";

    @Option(
            names = {"-f", "--from"},
            paramLabel = "POSITION",
            description = "The first record: " + Position.FORMS + " (beginning).")
    private @Nullable String from;

    @Option(
            names = {"-u", "--until"},
            paramLabel = "POSITION",
            description =
                    "Stops before this place; end is where it is at the start, and an offset that is not there yet is"
                            + " waited for.")
    private @Nullable String until;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Stops after so many records.")
    private @Nullable Long count;

    @Option(
            names = {"-p", "--partition"},
            split = ",",
            paramLabel = "N",
            description = "Only these partitions, separated by commas.")
    private List<Integer> only = new ArrayList<>();

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "Reads as a member of this group and commits what was printed; --from beginning or end counts"
                    + " where it has committed nothing.")
    private @Nullable String group;

    @Option(names = "--uncommitted", description = "Also shows records of transactions that are open or aborted.")
    private boolean uncommitted;

    @Option(names = "--raw", description = "Prints the bytes of each value and a line feed, and nothing else.")
    private boolean raw;

    public ConsumeCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        Topics.requireLegal(topic);
        from();
        if (until != null) {
            until(until);
        }
        if (count != null && count < 1) {
            throw Refused.askedWrongly("--count: found " + count + ", expected at least 1");
        }
        if (group != null && (until != null || !only.isEmpty())) {
            throw Refused.askedWrongly(
                    "--until and --partition do not go with --group, which shares out the partitions");
        }
        if (group != null && !List.of("beginning", "end").contains(fromText())) {
            throw Refused.askedWrongly("--from: found '" + fromText()
                    + "', expected beginning or end with --group; `meridian group reset` puts a group elsewhere");
        }
    }

    private String fromText() {
        String given = from;
        return given == null ? "beginning" : given;
    }

    private Position from() {
        return Offsets.withoutGroup("--from", Position.parse("--from", fromText()));
    }

    private static Position until(String text) {
        return Offsets.withoutGroup("--until", Position.parse("--until", text));
    }

    @Override
    protected ExitCode run(Connection connection) {
        Bounds bounds = bounds(connection);
        Map<String, Object> more = new HashMap<>();
        more.put("isolation.level", isolation().toString());
        more.put("enable.auto.commit", false);
        more.put("auto.offset.reset", fromText().equals("end") ? "latest" : "earliest");
        if (group != null) {
            more.put("group.id", group);
        }
        RecordPrinter printer = new RecordPrinter(console(), format(), raw);
        ConsumeLoop loop = new ConsumeLoop(
                printer, bounds.until(), count == null ? Long.MAX_VALUE : count, group != null, connection.timeout());
        try (Consumer<byte[], byte[]> consumer = connection.consumer(more)) {
            if (group != null) {
                consumer.subscribe(List.of(topic));
            } else {
                consumer.assign(bounds.from().keySet());
                bounds.from().forEach(consumer::seek);
            }
            loop.run(consumer);
        } catch (KafkaException e) {
            throw ClientFailure.refused(e, connection);
        } finally {
            printer.end();
        }
        return ExitCode.DONE;
    }

    private IsolationLevel isolation() {
        return uncommitted ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED;
    }

    /// Where to begin and, of partitions that have an end, where to stop.
    private record Bounds(Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {}

    private Bounds bounds(Connection connection) {
        List<TopicPartition> partitions = Topics.partitions(Topics.describe(connection, topic), only);
        if (group != null) {
            return new Bounds(Map.of(), Map.of());
        }
        var ranges = Offsets.ranges(connection, partitions, isolation());
        Map<TopicPartition, Long> first = Offsets.at(connection, ranges, from(), Map.of());
        String given = until;
        if (given == null) {
            return new Bounds(first, Map.of());
        }
        Position last = until(given);
        Map<TopicPartition, Long> stops = Offsets.at(connection, ranges, last, Map.of());
        if (last instanceof Position.Offset(long offset)) {
            // May lie in the future, and is then waited for.
            stops.replaceAll((_, _) -> offset);
        }
        return new Bounds(first, stops);
    }
}
