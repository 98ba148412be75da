package io.meridian.platform.soak.frames;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.api.ApiSupport;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.CompactArrayOf;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.jspecify.annotations.Nullable;

/// Draws request frames from the schemas of the stock client's messages: some valid and about things that exist, most
/// of them wrong in a place or two. Counts and lengths that lie, varints without end, tagged fields nobody knows,
/// elements repeated thousands of times, versions one off, bytes cut, added or flipped.
///
/// The same seed draws the same frames.
final class FrameForge {
    /// Of everything that a broker keeps by name there is a handful, so that what is kept stays bounded.
    private static final List<String> NAMES = List.of(
            "orders",
            "fuzz-a",
            "fuzz-b",
            "fuzz-c",
            "",
            "no/name",
            "x".repeat(300),
            "caf\u00e9",
            "__consumer_offsets",
            "range");

    private static final List<ApiKeys> EVERY_API = Arrays.stream(ApiKeys.values())
            .filter(api -> api.messageType.highestSupportedVersion(true) >= 0)
            .toList();

    private static final int[] NUMBERS = {
        0, 0, 0, 1, 1, 2, 3, -1, -1, -2, 6_000, 30_000, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final int[] LENGTHS = {
        -1, -2, 0, 1, 127, 128, 10_000, 10_001, 32_767, 1 << 20, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final int REPETITIONS_MAX = 4_000;
    private static final int REPEATED_BYTES_MAX = 200_000;
    private static final int DEPTH_MAX = 8;
    private static final int VARINT_BITS = 7;

    private final SeededRandom random;
    private final BatchForge batches;
    private int bendPercent;

    FrameForge(SeededRandom random) {
        this.random = random;
        this.batches = new BatchForge(random.split());
    }

    /// The bytes of one request, without the length in front.
    byte[] next() {
        List<ApiSupport> offered = ApiSupport.offered();
        ApiKeys api = random.chance(90)
                ? ApiKeys.forId(
                        offered.get(random.nextInt(offered.size())).apiKey().number())
                : EVERY_API.get(random.nextInt(EVERY_API.size()));
        Schema[] schemas = api.messageType.requestSchemas();
        int version = drawVersion(api, schemas.length);
        boolean exists = version >= 0 && version < schemas.length && schemas[version] != null;
        Schema schema = exists ? schemas[version] : lastOf(schemas);
        bendPercent = random.chance(40) ? 0 : random.chance(60) ? 3 : 15;
        byte[] frame = bytes(out -> {
            writeHeader(out, api, (short) version);
            if (schema != null) {
                write(out, schema, 0);
            }
        });
        return random.chance(15) ? damaged(frame) : frame;
    }

    private int drawVersion(ApiKeys api, int count) {
        if (random.chance(5)) {
            return random.nextInt(-1, count + 2);
        }
        int lowest = Math.max(0, api.messageType.lowestSupportedVersion());
        return count <= lowest ? lowest : random.nextInt(lowest, count);
    }

    private static @Nullable Schema lastOf(Schema[] schemas) {
        return schemas.length == 0 ? null : schemas[schemas.length - 1];
    }

    private void writeHeader(DataOutputStream out, ApiKeys api, short version) throws IOException {
        out.writeShort(api.id);
        out.writeShort(version);
        out.writeInt(random.nextInt());
        byte[] clientId = name();
        writeLength(out, clientId.length, "STRING");
        out.write(clientId);
        if (api.requestHeaderVersion(version) > 1) {
            writeTags(out);
        }
    }

    private void write(DataOutputStream out, Type type, int depth) throws IOException {
        if (depth > DEPTH_MAX) {
            return;
        }
        if (type instanceof Schema schema) {
            if (type.isNullable()) {
                out.writeByte(isBent() ? random.nextInt(256) : 1);
            }
            for (BoundField field : schema.fields()) {
                write(out, field.def.type, depth + 1);
            }
        } else if (type.isArray()) {
            writeArray(out, type, depth);
        } else if (type instanceof TaggedFields) {
            writeTags(out);
        } else {
            writeScalar(out, type.toString());
        }
    }

    private void writeArray(DataOutputStream out, Type type, int depth) throws IOException {
        String form = type instanceof CompactArrayOf ? "COMPACT_ARRAY" : "ARRAY";
        if (type.isNullable() && random.chance(20)) {
            writeLength(out, -1, form);
            return;
        }
        Type element = type.arrayElementType().orElseThrow();
        int count = random.chance(20) ? 0 : 1 + random.nextInt(3);
        byte[] first = count == 0 ? new byte[0] : bytes(to -> write(to, element, depth + 1));
        boolean isRepeated = count > 0 && depth < 3 && random.chance(bendPercent == 0 ? 1 : 4);
        int more = isRepeated
                ? Math.min(random.nextInt(REPETITIONS_MAX), REPEATED_BYTES_MAX / Math.max(1, first.length))
                : 0;
        writeLength(out, count + more, form);
        for (int i = 0; i < (count == 0 ? 0 : more + 1); i++) {
            out.write(first);
        }
        for (int i = 1; i < count; i++) {
            write(out, element, depth + 1);
        }
    }

    private void writeTags(DataOutputStream out) throws IOException {
        int count = 0;
        if (isBent()) {
            count = random.nextInt(random.chance(20) ? 300 : 4);
        }
        writeVarint(out, count);
        int tag = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[random.chance(10) ? random.nextInt(2_000) : random.nextInt(10)];
            writeVarint(out, tag);
            writeVarint(out, value.length);
            out.write(value);
            tag += isBent() ? 0 : 1 + random.nextInt(100);
        }
    }

    private void writeScalar(DataOutputStream out, String type) throws IOException {
        switch (type) {
            case "BOOLEAN", "INT8" -> out.writeByte(number());
            case "INT16", "UINT16" -> out.writeShort(number());
            case "INT32", "UINT32" -> out.writeInt(number());
            case "INT64" -> out.writeLong(random.chance(10) ? Long.MIN_VALUE >>> random.nextInt(64) : number());
            case "FLOAT64" -> out.writeDouble(number());
            case "UUID" -> {
                out.writeLong(random.nextInt(3));
                out.writeLong(random.nextInt(3));
            }
            default -> writeSized(out, type);
        }
    }

    private void writeSized(DataOutputStream out, String type) throws IOException {
        if (type.contains("NULLABLE") && random.chance(30)) {
            writeLength(out, -1, type);
            return;
        }
        byte[] value = switch (type) {
            case "RECORDS", "COMPACT_RECORDS" -> batches.next();
            case "BYTES", "COMPACT_BYTES", "NULLABLE_BYTES", "COMPACT_NULLABLE_BYTES" -> someBytes();
            default -> name();
        };
        writeLength(out, value.length, type);
        out.write(value);
    }

    private byte[] someBytes() {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] name() {
        return NAMES.get(random.chance(60) ? random.nextInt(4) : random.nextInt(NAMES.size()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private int number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private boolean isBent() {
        return random.chance(bendPercent);
    }

    private void writeLength(DataOutputStream out, int length, String form) throws IOException {
        int written = length;
        if (isBent()) {
            written = random.chance(40) ? length + random.nextInt(-2, 3) : LENGTHS[random.nextInt(LENGTHS.length)];
        }
        if (form.contains("COMPACT")) {
            if (isBent()) {
                byte[] endless = new byte[random.nextInt(1, 12)];
                Arrays.fill(endless, (byte) 0xFF);
                out.write(endless);
            }
            writeVarint(out, written + 1);
        } else if (form.contains("STRING")) {
            out.writeShort(written);
        } else {
            out.writeInt(written);
        }
    }

    private static void writeVarint(DataOutputStream out, int value) throws IOException {
        int left = value;
        while ((left & ~0x7F) != 0) {
            out.writeByte((left & 0x7F) | 0x80);
            left >>>= VARINT_BITS;
        }
        out.writeByte(left);
    }

    private byte[] damaged(byte[] frame) {
        byte[] bytes = frame;
        switch (random.nextInt(3)) {
            case 0 -> bytes = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            case 1 -> bytes = Arrays.copyOf(frame, frame.length + random.nextInt(100));
            default -> {
                for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
