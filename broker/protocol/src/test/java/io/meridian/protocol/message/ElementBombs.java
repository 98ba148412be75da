package io.meridian.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Valid messages that are as small as their version allows, but for one list that is full of the smallest elements,
/// or for lists within lists that are. What the elements hold is of a [Filling].
final class ElementBombs {
    /// What strings and bytes of the elements are.
    enum Filling {
        EMPTY(""),
        ONE_BYTE("a"),
        BEYOND_ASCII("\u00e9"),
        REPLACEMENT("\uFFFD");

        private final String text;

        Filling(String text) {
            this.text = text;
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final int ELEMENTS = 10_000;

    /// Elements of lists in lists by depth: what the frame limits of most APIs let through.
    private static final int[] NESTED_ELEMENTS = {100, 60, 10, 3};

    private final Specification specification;
    private final short version;
    private final boolean flexible;
    private final Filling filling;
    private final int target;
    private int lists;
    private int depth;

    private ElementBombs(Specification specification, short version, Filling filling, int target) {
        this.specification = specification;
        this.version = version;
        this.flexible = specification.isFlexible(version);
        this.filling = filling;
        this.target = target;
    }

    /// One bomb for each list of the message, and one of all lists at once.
    static List<byte[]> of(Specification specification, short version, Filling filling) {
        List<byte[]> bombs = new ArrayList<>();
        bombs.add(new ElementBombs(specification, version, filling, -1).message());
        for (int list = 0; ; list++) {
            ElementBombs bomb = new ElementBombs(specification, version, filling, list);
            byte[] bytes = bomb.message();
            if (bomb.lists <= list) {
                return bombs;
            }
            bombs.add(bytes);
        }
    }

    private byte[] message() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writeStruct(out, specification.fields());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void writeStruct(DataOutputStream out, JsonNode fields) throws IOException {
        for (JsonNode field : fields) {
            if (in(field, "versions") && !in(field, "taggedVersions")) {
                writeField(out, field);
            }
        }
        if (flexible) {
            out.writeByte(0);
        }
    }

    private void writeField(DataOutputStream out, JsonNode field) throws IOException {
        String type = field.path("type").asText();
        if (type.startsWith("[]")) {
            writeList(out, type.substring(2));
        } else if (Character.isUpperCase(type.charAt(0))) {
            if (in(field, "nullableVersions")) {
                out.writeByte(1);
            }
            writeStruct(out, specification.fieldsOf(type));
        } else {
            writeScalar(out, type);
        }
    }

    private void writeList(DataOutputStream out, String element) throws IOException {
        int list = lists++;
        int nested = NESTED_ELEMENTS[Math.min(depth, NESTED_ELEMENTS.length - 1)];
        int single = list == target ? ELEMENTS : list < target ? 1 : 0;
        int count = target < 0 ? nested : single;
        writeLength(out, count, false);
        if (count == 0) {
            return;
        }
        depth++;
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        try (DataOutputStream to = new DataOutputStream(one)) {
            if (Character.isUpperCase(element.charAt(0))) {
                writeStruct(to, specification.fieldsOf(element));
            } else {
                writeScalar(to, element);
            }
        }
        depth--;
        for (int i = 0; i < count; i++) {
            one.writeTo(out);
        }
    }

    private void writeScalar(DataOutputStream out, String type) throws IOException {
        switch (type) {
            case "bool", "int8" -> out.writeByte(1);
            case "int16", "uint16" -> out.writeShort(1_000);
            case "int32" -> out.writeInt(1_000_000);
            case "int64" -> out.writeLong(1_000_000);
            case "float64" -> out.writeDouble(1.5);
            case "uuid" -> out.write(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
            default -> {
                byte[] bytes = filling.bytes();
                writeLength(out, bytes.length, type.equals("string"));
                out.write(bytes);
            }
        }
    }

    private void writeLength(DataOutputStream out, int length, boolean isString) throws IOException {
        if (flexible) {
            RandomMessageBytes.writeUnsignedVarint(out, length + 1);
        } else if (isString) {
            out.writeShort(length);
        } else {
            out.writeInt(length);
        }
    }

    private boolean in(JsonNode field, String versions) {
        return Specification.contains(field.path(versions).asText("none"), version);
    }
}
