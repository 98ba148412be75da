package io.meridian.platform.cli.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.meridian.platform.cli.client.NameHint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/// Reads records from lines of JSON as [RecordFields#exact] describes them. Where a record was (`topic`, `offset`,
/// `timestampType`) is read over.
final class RecordJson {
    private static final List<String> FIELDS = List.of(
            RecordFields.KEY,
            RecordFields.VALUE,
            RecordFields.HEADERS,
            RecordFields.TIMESTAMP,
            RecordFields.PARTITION,
            RecordFields.TOPIC,
            RecordFields.OFFSET,
            RecordFields.TIMESTAMP_TYPE);
    private static final int DEPTH_MAX = 8;
    private static final int HEADERS_MAX = 10_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(LineReader.LINE_MAX_BYTES)
                    .build())
            .build();

    private final JsonParser json;
    private @Nullable Integer partition;
    private @Nullable Long timestampMs;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private final List<Header> headers = new ArrayList<>();

    private RecordJson(JsonParser json) {
        this.json = json;
    }

    /// Why a line is no record. The message says what was found and what was expected.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /// The record of one line.
    ///
    /// @param keepPartition whether it goes to the partition that it names
    static ProducerRecord<byte[], byte[]> parse(String topic, byte[] line, boolean keepPartition) throws Malformed {
        try (JsonParser parser = FACTORY.createParser(line)) {
            RecordJson reading = new RecordJson(parser);
            reading.read();
            return new ProducerRecord<>(
                    topic,
                    keepPartition ? reading.partition : null,
                    reading.timestampMs,
                    reading.key,
                    reading.value,
                    reading.headers);
        } catch (IOException e) {
            throw new Malformed("this is no JSON: " + firstLine(e));
        }
    }

    private static String firstLine(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private void read() throws IOException, Malformed {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new Malformed("found " + found() + ", expected an object such as {\"key\":\"k\",\"value\":\"v\"}");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case RecordFields.KEY -> key = bytes(field);
                case RecordFields.VALUE -> value = bytes(field);
                case RecordFields.HEADERS -> readHeaders();
                case RecordFields.TIMESTAMP -> timestampMs = number(field, Long.MAX_VALUE);
                case RecordFields.PARTITION -> {
                    Long number = number(field, Integer.MAX_VALUE);
                    partition = number == null ? null : number.intValue();
                }
                case RecordFields.TOPIC, RecordFields.OFFSET, RecordFields.TIMESTAMP_TYPE -> json.skipChildren();
                default ->
                    throw new Malformed("found the field '" + field + "', expected one of " + String.join(", ", FIELDS)
                            + NameHint.of(field, FIELDS));
            }
        }
        if (json.nextToken() != null) {
            throw new Malformed("found something behind the object, expected one object a line");
        }
    }

    private void readHeaders() throws IOException, Malformed {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_ARRAY) {
            throw new Malformed(
                    "headers: found " + found() + ", expected an array such as [{\"name\":\"trace\",\"value\":\"1\"}]");
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            if (headers.size() == HEADERS_MAX) {
                throw new Malformed("headers: found more than " + HEADERS_MAX);
            }
            headers.add(header());
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new Malformed("headers: found " + found() + ", expected an object with name and value");
        }
    }

    private Header header() throws IOException, Malformed {
        @Nullable String name = null;
        byte @Nullable [] bytes = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case RecordFields.NAME -> {
                    if (json.currentToken() != JsonToken.VALUE_STRING) {
                        throw new Malformed("headers: found " + found() + " as a name, expected a string");
                    }
                    name = json.getText();
                }
                case RecordFields.VALUE -> bytes = bytes("headers");
                default -> throw new Malformed("headers: found the field '" + field + "', expected name and value");
            }
        }
        if (name == null) {
            throw new Malformed("headers: found an object without a name");
        }
        return new RecordHeader(name, bytes);
    }

    private byte @Nullable [] bytes(String field) throws IOException, Malformed {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> utf8(field, json.getText());
            case START_OBJECT -> base64(field);
            default ->
                throw new Malformed(
                        field + ": found " + found()
                                + ", expected a string, {\"base64\":\"...\"} or null; JSON inside of a record goes into a string");
        };
    }

    private byte[] base64(String field) throws IOException, Malformed {
        if (json.nextToken() == JsonToken.FIELD_NAME
                && json.currentName().equals(RecordFields.BASE64)
                && json.nextToken() == JsonToken.VALUE_STRING) {
            String text = json.getText();
            if (json.nextToken() == JsonToken.END_OBJECT) {
                try {
                    return Base64.getDecoder().decode(text);
                } catch (IllegalArgumentException e) {
                    throw new Malformed(field + ": this is no base64: " + e.getMessage());
                }
            }
        }
        throw new Malformed(field + ": found an object, expected {\"base64\":\"...\"} and nothing else in it;"
                + " JSON inside of a record goes into a string");
    }

    private static byte[] utf8(String field, String text) throws Malformed {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new Malformed(field + ": found half of a surrogate pair, which no bytes stand for");
        }
    }

    private @Nullable Long number(String field, long max) throws IOException, Malformed {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long number = json.getLongValue();
            if (number >= 0 && number <= max) {
                return number;
            }
        }
        throw new Malformed(field + ": found " + found() + ", expected a whole number from 0 to " + max);
    }

    private String found() throws IOException {
        @Nullable JsonToken token = json.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> json.getText();
            default -> "'" + json.getText() + "'";
        };
    }
}
