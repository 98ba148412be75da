package io.meridian.platform.differential;

import io.meridian.base.Uuid;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Payload;
import io.meridian.protocol.wire.ResponseMessage;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An answer as paths and texts: `topics[orders].partitions[0].errorCode` to `3`.
///
/// Elements of a list are told apart by the field that names them, so that the order of a list does not count; equal
/// names get a number.
final class Fields {
    private static final List<String> NAMES = List.of(
            "topicName",
            "topic",
            "name",
            "groupId",
            "group",
            "key",
            "memberId",
            "resourceName",
            "partitionIndex",
            "partition",
            "partitionId",
            "index",
            "apiKey",
            "brokerId",
            "nodeId",
            "logDir",
            "configName",
            "topicId");

    private final Side side;
    private final SortedMap<String, String> values = new TreeMap<>();

    private Fields(Side side) {
        this.side = side;
    }

    /// All fields of an answer.
    static SortedMap<String, String> of(ResponseMessage response, Side side) {
        Fields fields = new Fields(side);
        fields.add("", response);
        return fields.values;
    }

    private void add(String path, @Nullable Object value) {
        switch (value) {
            case null -> values.put(path, "null");
            case Uuid id -> values.put(path, side.common(id));
            case String text -> values.put(path, side.common(text));
            case ByteBuffer bytes -> values.put(path, hex(bytes));
            case BufferPayload payload -> values.put(path, "bytes " + records(payload.duplicate()));
            case Payload payload -> values.put(path, payload.sizeInBytes() + " bytes");
            case List<?> list -> addAll(path, list);
            case Record struct ->
                components(struct)
                        .forEach((name, component) -> add(path.isEmpty() ? name : path + "." + name, component));
            default -> values.put(path, value.toString());
        }
    }

    private void addAll(String path, List<?> list) {
        values.put(path + ".size", Integer.toString(list.size()));
        Map<String, Integer> seen = new TreeMap<>();
        for (Object element : list) {
            String name = element instanceof Record struct ? name(struct) : side.common(String.valueOf(element));
            int count = seen.merge(name, 1, Integer::sum);
            add(path + "[" + name + (count == 1 ? "" : "#" + count) + "]", element);
        }
    }

    private String name(Record struct) {
        Map<String, @Nullable Object> components = components(struct);
        for (String name : NAMES) {
            Object value = components.get(name);
            if (value != null && !value.equals("") && !Uuid.ZERO.equals(value)) {
                return value instanceof Uuid id ? side.common(id) : side.common(value.toString());
            }
        }
        return "";
    }

    private static Map<String, @Nullable Object> components(Record struct) {
        Map<String, @Nullable Object> components = new TreeMap<>();
        for (RecordComponent component : struct.getClass().getRecordComponents()) {
            try {
                components.put(component.getName(), component.getAccessor().invoke(struct));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return components;
    }

    /// Records without their leader epochs, which stand outside of the checksum.
    private static String records(ByteBuffer batches) {
        ByteBuffer copy = ByteBuffer.allocate(batches.remaining()).put(batches).flip();
        for (int at = 0; at + 17 <= copy.limit(); at += 12 + copy.getInt(at + 8)) {
            copy.putInt(at + 12, 0);
        }
        return hex(copy);
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
