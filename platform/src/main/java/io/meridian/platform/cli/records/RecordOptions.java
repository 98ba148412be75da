package io.meridian.platform.cli.records;

import io.meridian.platform.terminal.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every record of a `produce` gets from the command line.
final class RecordOptions {
    @Option(
            names = {"-k", "--key"},
            paramLabel = "KEY",
            description = "The key of every record.")
    private @Nullable String key;

    @Option(
            names = {"-K", "--key-separator"},
            paramLabel = "TEXT",
            description = "Of a line, what stands before the first of these is the key; \\t is a tab.")
    private @Nullable String separator;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "name=value",
            description = "A header of every record; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "The partition of every record; by its key if not given.")
    private @Nullable Integer partition;

    @Option(names = "--keep-partition", description = "A record of JSON goes to the partition that it names.")
    private boolean keepPartition;

    boolean keepPartition() {
        return keepPartition;
    }

    /// Refuses what makes no sense together.
    void check(boolean json) {
        if (json && (key != null || separator != null)) {
            throw Refused.askedWrongly(
                    "--key and --key-separator are for lines of text: records of JSON carry their keys");
        }
        if (key != null && separator != null) {
            throw Refused.askedWrongly("--key and --key-separator both say what the key is: choose one");
        }
        if (separator != null && separator.isEmpty()) {
            throw Refused.askedWrongly("--key-separator: found nothing, expected at least one character");
        }
        if (!json && keepPartition) {
            throw Refused.askedWrongly("--keep-partition is for records of JSON (--input json)");
        }
        if (partition != null && (keepPartition || partition < 0)) {
            throw Refused.askedWrongly(
                    keepPartition
                            ? "--partition and --keep-partition both say where a record goes: choose one"
                            : "--partition: found " + partition + ", expected at least 0");
        }
        headers();
    }

    private List<Header> headers() {
        List<Header> read = new ArrayList<>();
        for (String header : headers) {
            int equals = header.indexOf('=');
            if (equals < 0) {
                throw Refused.askedWrongly("--header: found '" + header + "', expected name=value");
            }
            read.add(new RecordHeader(header.substring(0, equals), utf8(header.substring(equals + 1))));
        }
        return read;
    }

    /// The record of a line of text.
    ProducerRecord<byte[], byte[]> ofLine(String topic, byte[] line) throws RecordJson.Malformed {
        byte @Nullable [] recordKey = key == null ? null : utf8(key);
        byte[] value = line;
        if (separator != null) {
            byte[] between = utf8(separator.replace("\\t", "\t"));
            int at = indexOf(line, between);
            if (at < 0) {
                throw new RecordJson.Malformed("found no '" + separator + "' between key and value");
            }
            recordKey = Arrays.copyOf(line, at);
            value = Arrays.copyOfRange(line, at + between.length, line.length);
        }
        return new ProducerRecord<>(topic, partition, null, recordKey, value, headers());
    }

    /// The record with what the command line adds.
    ProducerRecord<byte[], byte[]> withOptions(ProducerRecord<byte[], byte[]> record) {
        if (partition == null && headers.isEmpty()) {
            return record;
        }
        List<Header> all = new ArrayList<>(Arrays.asList(record.headers().toArray()));
        all.addAll(headers());
        return new ProducerRecord<>(
                record.topic(),
                partition == null ? record.partition() : partition,
                record.timestamp(),
                record.key(),
                record.value(),
                all);
    }

    private static int indexOf(byte[] line, byte[] part) {
        for (int at = 0; at + part.length <= line.length; at++) {
            if (Arrays.equals(line, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
