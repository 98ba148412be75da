package io.meridian.platform.cli.records;

import io.meridian.platform.cli.client.ChangeOptions;
import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.ClientFailure;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.output.Progress;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `produce`.
@Command(
        name = "produce",
        description = "Stores records that are read from standard input, one a line. Stops at the first line that is no"
                + " record; the lines before it are stored.")
public final class ProduceCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to; it must exist.")
    private String topic = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FORMAT",
            defaultValue = "lines",
            description = "lines: each is a value; json: what `consume -o json` prints (${DEFAULT-VALUE}).")
    private InputFormat input = InputFormat.LINES;

    @Mixin
    private RecordOptions record = new RecordOptions();

    @Option(names = "--acks", paramLabel = "N", defaultValue = "all", description = "all, 1 or 0 (${DEFAULT-VALUE}).")
    private String acks = "all";

    @Option(
            names = {"-z", "--compression"},
            paramLabel = "CODEC",
            defaultValue = "none",
            description = "none, gzip, snappy, lz4 or zstd (${DEFAULT-VALUE}).")
    private String compression = "none";

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    /// What the lines are.
    enum InputFormat {
        LINES,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProduceCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        Topics.requireLegal(topic);
        record.check(input == InputFormat.JSON);
        requireOneOf("--acks", acks, List.of("all", "1", "0"));
        requireOneOf("--compression", compression, List.of("none", "gzip", "snappy", "lz4", "zstd"));
    }

    private static void requireOneOf(String option, String found, List<String> expected) {
        if (!expected.contains(found)) {
            throw Refused.askedWrongly(
                    option + ": found '" + found + "', expected one of " + String.join(", ", expected));
        }
    }

    @Override
    protected ExitCode run(Connection connection) {
        TopicDescription target = describe(connection);
        if (console().terminals().in()) {
            console().err().println("reading records from the terminal, one a line; Ctrl-D ends");
        }
        StoredTally tally = new StoredTally();
        @Nullable Refused problem = null;
        if (change.dryRun()) {
            problem = copy(target, one -> tally.parsed(one.partition()));
        } else {
            Map<String, Object> more = new HashMap<>(Map.of("acks", acks, "compression.type", compression));
            if (!acks.equals("all")) {
                more.put("enable.idempotence", false);
            }
            try (Producer<byte[], byte[]> producer = connection.producer(more)) {
                problem = copy(target, one -> {
                    tally.failIfAnyFailed();
                    Future<RecordMetadata> _ = producer.send(one, tally);
                });
                producer.flush();
            } catch (KafkaException e) {
                tally.failed(e);
            }
        }
        Exception failure = tally.failure();
        if (failure != null) {
            problem = ClientFailure.refused(failure, connection);
        }
        List<Fields> rows = tally.rows(topic, change.result("stored"));
        if (problem == null || !rows.isEmpty()) {
            print(rows, "there was nothing to store");
        }
        if (problem != null) {
            throw problem;
        }
        return ExitCode.DONE;
    }

    private TopicDescription describe(Connection connection) {
        try {
            return Topics.describe(connection, topic);
        } catch (Refused refused) {
            throw refused.exitCode() == ExitCode.NOT_FOUND
                    ? Refused.notFound(refused.line() + ", `meridian topic create " + topic + "` makes it")
                    : refused;
        }
    }

    /// Hands on one record after the other.
    ///
    /// @return why it stopped before the end; null if it did not
    private @Nullable Refused copy(TopicDescription target, Consumer<ProducerRecord<byte[], byte[]>> next) {
        LineReader lines = new LineReader(console().in());
        Progress progress = new Progress(console(), "records");
        int partitions = target.partitions().size();
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                ProducerRecord<byte[], byte[]> one = input == InputFormat.JSON
                        ? record.withOptions(RecordJson.parse(topic, line, record.keepPartition()))
                        : record.ofLine(topic, line);
                Integer partition = one.partition();
                if (partition != null && partition >= partitions) {
                    throw new RecordJson.Malformed("found partition " + partition + ", but topic '" + topic
                            + "' has 0 to " + (partitions - 1));
                }
                next.accept(one);
                progress.at(lines.lines());
            }
            return null;
        } catch (RecordJson.Malformed e) {
            return Refused.askedWrongly("line " + lines.lines() + ": " + e.getMessage() + "; the lines before it are "
                    + (change.dryRun() ? "fine" : "stored"));
        } catch (IOException e) {
            return Refused.couldNot("standard input cannot be read: " + e.getMessage());
        } catch (StoredTally.Stop _) {
            return null;
        } finally {
            progress.end();
        }
    }
}
