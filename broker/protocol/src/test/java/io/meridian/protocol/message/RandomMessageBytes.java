package io.meridian.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.meridian.base.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Encodes a random message of a specification straight to bytes: nulls, empty and several elements, numbers at
/// their bounds, text beyond ASCII, tagged fields set and left out. In the canonical form, so that decoding and
/// encoding gives the same bytes; except for unknown tagged fields, when they are asked for, and for the one place
/// where a [Hostility] writes something else than what belongs there.
final class RandomMessageBytes {
    private static final int FIRST_UNKNOWN_TAG = 100;
    private static final String[] TEXTS = {
        "", "a", "orders", "_.-", "zażółć", "日本語", "\uD83D\uDE80 up", "\u0000\u007f\u0080\u07ff\u0800\uffff", "\uFFFD"
    };

    private final Specification specification;
    private final short version;
    private final boolean flexible;
    private final SeededRandom random;
    private final @Nullable SeededRandom unknownTags;
    private final Hostility hostility;

    private RandomMessageBytes(
            Specification specification,
            short version,
            long seed,
            @Nullable SeededRandom unknownTags,
            Hostility hostility) {
        this.specification = specification;
        this.version = version;
        this.flexible = specification.isFlexible(version);
        this.random = new SeededRandom(seed);
        this.unknownTags = unknownTags;
        this.hostility = hostility;
    }

    static byte[] of(Specification specification, short version, long seed) {
        return new RandomMessageBytes(specification, version, seed, null, Hostility.none()).message();
    }

    /// The message of the same seed as `hostility` bends it.
    static byte[] bent(Specification specification, short version, long seed, Hostility hostility) {
        return new RandomMessageBytes(specification, version, seed, null, hostility).message();
    }

    /// The message of the same seed with tagged fields added that nobody knows.
    static byte[] withUnknownTags(Specification specification, short version, long seed) {
        return new RandomMessageBytes(specification, version, seed, new SeededRandom(~seed), Hostility.none())
                .message();
    }

    private byte[] message() {
        return bytes(out -> writeStruct(out, specification.fields(), 0));
    }

    private void writeStruct(DataOutputStream out, JsonNode fields, int depth) throws IOException {
        Map<Integer, byte[]> tagged = new TreeMap<>();
        for (JsonNode field : fields) {
            if (!in(field, "versions")) {
                continue;
            }
            if (in(field, "taggedVersions")) {
                byte[] value = bytes(to -> writeField(to, field, depth));
                if (random.chance(60) && !Arrays.equals(value, bytes(to -> writeDefault(to, field)))) {
                    tagged.put(field.path("tag").asInt(), value);
                }
            } else {
                writeField(out, field, depth);
            }
        }
        if (flexible) {
            addUnknownTags(tagged);
            if (hostility.writesTags(out, tagged)) {
                return;
            }
            writeUnsignedVarint(out, tagged.size());
            for (Map.Entry<Integer, byte[]> field : tagged.entrySet()) {
                writeUnsignedVarint(out, field.getKey());
                writeUnsignedVarint(out, field.getValue().length);
                out.write(field.getValue());
            }
        }
    }

    private void addUnknownTags(Map<Integer, byte[]> tagged) {
        if (unknownTags != null) {
            for (int i = unknownTags.nextInt(4); i > 0; i--) {
                byte[] value = new byte[unknownTags.nextInt(5)];
                unknownTags.nextBytes(value);
                tagged.put(FIRST_UNKNOWN_TAG + unknownTags.nextInt(100_000), value);
            }
        }
    }

    private void writeField(DataOutputStream out, JsonNode field, int depth) throws IOException {
        String type = field.path("type").asText();
        boolean isNull = in(field, "nullableVersions") && random.chance(25);
        boolean isArray = type.startsWith("[]");
        boolean isStruct = Character.isUpperCase(type.charAt(0));
        if (isStruct) {
            if (in(field, "nullableVersions")) {
                hostility.writePresence(out, isNull ? -1 : 1);
            }
            if (!isNull) {
                writeStruct(out, specification.fieldsOf(type), depth + 1);
            }
        } else if (isNull) {
            writeLength(out, -1, type.equals("string"));
        } else if (isArray) {
            writeArray(out, type.substring(2), depth);
        } else {
            writeScalar(out, type);
        }
    }

    private void writeArray(DataOutputStream out, String element, int depth) throws IOException {
        int count = random.chance(20) ? 0 : 1 + random.nextInt(depth < 2 ? 3 : 2);
        int more = count == 0 ? 0 : hostility.more();
        writeLength(out, count + more, false);
        for (int i = 0; i < count; i++) {
            byte[] value = bytes(to -> writeElement(to, element, depth));
            out.write(value);
            for (int again = i == 0 ? more : 0; again > 0; again--) {
                out.write(value);
            }
        }
    }

    private void writeElement(DataOutputStream out, String element, int depth) throws IOException {
        if (Character.isUpperCase(element.charAt(0))) {
            writeStruct(out, specification.fieldsOf(element), depth + 1);
        } else {
            writeScalar(out, element);
        }
    }

    private void writeScalar(DataOutputStream out, String type) throws IOException {
        switch (type) {
            case "bool" -> out.writeBoolean(random.nextBoolean());
            case "int8" -> out.writeByte((int) number(Byte.MIN_VALUE, Byte.MAX_VALUE));
            case "int16" -> out.writeShort((int) number(Short.MIN_VALUE, Short.MAX_VALUE));
            case "uint16" -> out.writeShort((int) number(0, 0xFFFF));
            case "int32" -> out.writeInt((int) number(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "int64" -> out.writeLong(number(Long.MIN_VALUE, Long.MAX_VALUE));
            case "float64" -> out.writeDouble(random.chance(20) ? Double.NEGATIVE_INFINITY : random.nextDouble());
            case "uuid" -> {
                out.writeLong(random.nextLong());
                out.writeLong(random.nextLong());
            }
            case "string" -> {
                byte[] text = text();
                writeLength(out, text.length, true);
                out.write(text);
            }
            case "bytes", "records" -> {
                byte[] bytes = new byte[random.chance(10) ? random.nextInt(3_000) : random.nextInt(20)];
                random.nextBytes(bytes);
                writeLength(out, bytes.length, false);
                out.write(bytes);
            }
            default -> throw new IllegalArgumentException(type);
        }
    }

    private byte[] text() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        if (random.nextInt(2_000) == 0) {
            text = "x".repeat(Short.MAX_VALUE);
        } else if (random.chance(10)) {
            text = text.repeat(40);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long number(long lowest, long highest) {
        return switch (random.nextInt(6)) {
            case 0 -> lowest;
            case 1 -> highest;
            case 2 -> 0;
            case 3 -> 1;
            case 4 -> Math.max(lowest, -1);
            default -> random.nextLong(lowest, highest);
        };
    }

    /// Only for the types that tagged fields have.
    private void writeDefault(DataOutputStream out, JsonNode field) throws IOException {
        String type = field.path("type").asText();
        String text = field.path("default").asText("");
        if (Character.isUpperCase(type.charAt(0))) {
            for (JsonNode part : specification.fieldsOf(type)) {
                if (in(part, "versions")) {
                    writeDefault(out, part);
                }
            }
            writeUnsignedVarint(out, 0);
        } else if (text.equals("null")) {
            writeLength(out, -1, type.equals("string"));
        } else if (type.startsWith("[]") || type.equals("string")) {
            writeLength(out, 0, type.equals("string"));
        } else {
            long number = text.isEmpty() || text.equals("false") ? 0 : Long.decode(text);
            switch (type) {
                case "bool", "int8" -> out.writeByte((int) number);
                case "int16" -> out.writeShort((int) number);
                case "int32" -> out.writeInt((int) number);
                case "int64" -> out.writeLong(number);
                case "uuid" -> out.write(new byte[16]);
                default -> throw new IllegalArgumentException(type);
            }
        }
    }

    private void writeLength(DataOutputStream out, int length, boolean isString) throws IOException {
        if (hostility.writesLength(out, length, isString, flexible)) {
            return;
        }
        if (flexible) {
            writeUnsignedVarint(out, length + 1);
        } else if (isString) {
            out.writeShort(length);
        } else {
            out.writeInt(length);
        }
    }

    static void writeUnsignedVarint(DataOutputStream out, int value) throws IOException {
        int left = value;
        while (left > 0x7F) {
            out.writeByte(left | 0x80);
            left >>= 7;
        }
        out.writeByte(left);
    }

    private boolean in(JsonNode field, String versions) {
        return Specification.contains(field.path(versions).asText("none"), version);
    }

    private static byte[] bytes(Encoder encoder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            encoder.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Encoder {
        void writeTo(DataOutputStream out) throws IOException;
    }
}
