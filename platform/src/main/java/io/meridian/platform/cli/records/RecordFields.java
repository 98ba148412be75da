package io.meridian.platform.cli.records;

import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.output.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// What a record is made of, for programs and for people.
final class RecordFields {
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String TIMESTAMP = "timestamp";
    static final String TIMESTAMP_TYPE = "timestampType";
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String HEADERS = "headers";
    static final String NAME = "name";
    static final String BASE64 = "base64";

    private RecordFields() {}

    /// Everything, exactly. [RecordJson] reads it back.
    static Fields exact(ConsumerRecord<byte[], byte[]> record) {
        List<Fields> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(Fields.of(NAME, header.key()).with(VALUE, bytes(header.value())));
        }
        Fields fields = Fields.of(TOPIC, record.topic())
                .with(PARTITION, record.partition())
                .with(OFFSET, record.offset());
        fields = record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE
                ? fields.with(TIMESTAMP, new Value.Nothing())
                : fields.with(TIMESTAMP, record.timestamp())
                        .with(
                                TIMESTAMP_TYPE,
                                record.timestampType() == TimestampType.LOG_APPEND_TIME ? "append" : "create");
        return fields.with(KEY, bytes(record.key()))
                .with(VALUE, bytes(record.value()))
                .withRows(HEADERS, headers);
    }

    /// A row of a table: the time as people read it, headers in one cell.
    static Fields row(ConsumerRecord<byte[], byte[]> record) {
        String headers = StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key() + "=" + text(bytes(header.value())))
                .collect(Collectors.joining(" "));
        return Fields.of(PARTITION, record.partition())
                .with(OFFSET, record.offset())
                .with(
                        TIMESTAMP,
                        record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE
                                ? null
                                : Instant.ofEpochMilli(record.timestamp()).toString())
                .with(KEY, bytes(record.key()))
                .with(VALUE, bytes(record.value()))
                .with(HEADERS, headers.isEmpty() ? null : headers);
    }

    /// `topic/partition/offset`.
    static String name(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Fields fields -> "base64:" + text(fields.byName().getOrDefault(BASE64, new Value.Nothing()));
            default -> "null";
        };
    }

    /// Text where the bytes are UTF-8, which gives the same bytes again, else base64.
    static Value bytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Value.Nothing();
        }
        try {
            return new Value.Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Fields.of(BASE64, Base64.getEncoder().encodeToString(bytes));
        }
    }
}
