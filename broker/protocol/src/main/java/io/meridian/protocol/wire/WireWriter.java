package io.meridian.protocol.wire;

import io.meridian.base.Invariant;
import io.meridian.base.Uuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encodes values in one pass into buffers of an allocator, and places payloads between them without copying.
///
/// `flexible` tells the compact forms from the fixed ones, as in [WireReader]. A writer is used once: fill it, then
/// take its [#parts()].
public final class WireWriter {
    /// From this size on, bytes that already lie in a buffer become a part of their own. Below it a copy costs less
    /// than one more part in a gathering write.
    public static final int PLACED_BYTES_MIN = 1_024;

    private static final int FIRST_BUFFER_BYTES = 512;
    private static final int BUFFER_BYTES_MAX = 64 * 1_024;
    private static final int VARINT_BYTES_MAX = 5;
    private static final int VARLONG_BYTES_MAX = 10;

    private final BufferAllocator allocator;
    private final List<WirePart> parts = new ArrayList<>();
    private final boolean framed;
    private ByteBuffer current = WireReader.EMPTY_BYTES;
    private int cutPosition;
    private long finishedBytes;
    private int nextBufferBytes = FIRST_BUFFER_BYTES;

    private WireWriter(BufferAllocator allocator, boolean framed) {
        this.allocator = allocator;
        this.framed = framed;
        if (framed) {
            writeInt32(0);
        }
    }

    public WireWriter(BufferAllocator allocator) {
        this(allocator, false);
    }

    /// A writer into heap buffers.
    public WireWriter() {
        this(BufferAllocator.HEAP, false);
    }

    /// A writer whose first four bytes become the size of all that follows, as frames on a connection begin.
    public static WireWriter framed(BufferAllocator allocator) {
        return new WireWriter(allocator, true);
    }

    /// Bytes written so far, those of payloads and of the size prefix of a frame included.
    public long sizeInBytes() {
        return finishedBytes + current.position() - cutPosition;
    }

    /// What was written, in order.
    public List<WirePart> parts() {
        cut();
        if (framed) {
            long size = finishedBytes - Integer.BYTES;
            Invariant.check(size <= Integer.MAX_VALUE, "a frame fits into an int32 size", size, Integer.MAX_VALUE);
            ByteBuffer first = ((WirePart.Encoded) parts.getFirst()).buffer();
            first.putInt(first.position(), (int) size);
        }
        return List.copyOf(parts);
    }

    /// What was written as one new heap buffer.
    ///
    /// @throws io.meridian.base.InvariantBroken when a payload was placed that is not in a buffer
    public ByteBuffer toByteBuffer() {
        List<WirePart> written = parts();
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(finishedBytes));
        for (WirePart part : written) {
            all.put(bytesOf(part));
        }
        return all.flip();
    }

    public void writeBoolean(boolean value) {
        writeInt8(value ? (byte) 1 : (byte) 0);
    }

    public void writeInt8(byte value) {
        room(Byte.BYTES).put(value);
    }

    public void writeInt16(short value) {
        room(Short.BYTES).putShort(value);
    }

    /// @param value 0 to 65,535
    public void writeUint16(int value) {
        Invariant.check(value >= 0 && value <= 0xFFFF, "a uint16 has 16 bits", value, 0xFFFF);
        room(Short.BYTES).putShort((short) value);
    }

    public void writeInt32(int value) {
        room(Integer.BYTES).putInt(value);
    }

    public void writeInt64(long value) {
        room(Long.BYTES).putLong(value);
    }

    public void writeFloat64(double value) {
        room(Double.BYTES).putDouble(value);
    }

    public void writeUuid(Uuid value) {
        room(2 * Long.BYTES).putLong(value.mostSignificantBits()).putLong(value.leastSignificantBits());
    }

    /// @param value an unsigned number
    public void writeUnsignedVarint(int value) {
        ByteBuffer into = room(VARINT_BYTES_MAX);
        int left = value;
        while ((left & ~0x7F) != 0) {
            into.put((byte) (left | 0x80));
            left >>>= 7;
        }
        into.put((byte) left);
    }

    /// A signed 32-bit number, zigzag coded.
    public void writeVarint(int value) {
        writeUnsignedVarint((value << 1) ^ (value >> 31));
    }

    /// A signed 64-bit number, zigzag coded.
    public void writeVarlong(long value) {
        ByteBuffer into = room(VARLONG_BYTES_MAX);
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7FL) != 0) {
            into.put((byte) (left | 0x80));
            left >>>= 7;
        }
        into.put((byte) left);
    }

    /// @param field the name to report
    /// @throws UnsupportedFieldException when the string has more bytes than the protocol can express
    public void writeString(String field, String value, boolean flexible) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > WireLimits.PROTOCOL_STRING_BYTES) {
            throw new UnsupportedFieldException(
                    field + " has " + bytes.length + " bytes, a string holds " + WireLimits.PROTOCOL_STRING_BYTES);
        }
        if (flexible) {
            writeUnsignedVarint(bytes.length + 1);
        } else {
            writeInt16((short) bytes.length);
        }
        room(bytes.length).put(bytes);
    }

    /// As [#writeString], or null.
    public void writeNullableString(String field, @Nullable String value, boolean flexible) {
        if (value != null) {
            writeString(field, value, flexible);
        } else if (flexible) {
            writeUnsignedVarint(0);
        } else {
            writeInt16((short) -1);
        }
    }

    /// The remaining bytes of `value`, whose position stays.
    public void writeBytes(ByteBuffer value, boolean flexible) {
        writeLength(value.remaining(), flexible);
        placeOrCopy(value);
    }

    /// As [#writeBytes], or null.
    public void writeNullableBytes(@Nullable ByteBuffer value, boolean flexible) {
        if (value == null) {
            writeNullLength(flexible);
        } else {
            writeBytes(value, flexible);
        }
    }

    /// The bytes of a payload, not copied unless they are few and in a buffer.
    public void writePayload(Payload value, boolean flexible) {
        writeLength(value.sizeInBytes(), flexible);
        if (value instanceof BufferPayload(ByteBuffer buffer)) {
            placeOrCopy(buffer);
        } else {
            place(value);
        }
    }

    /// As [#writePayload], or null.
    public void writeNullablePayload(@Nullable Payload value, boolean flexible) {
        if (value == null) {
            writeNullLength(flexible);
        } else {
            writePayload(value, flexible);
        }
    }

    /// A list of structs.
    public void writeStructs(List<? extends Message> list, boolean flexible, short version) {
        writeLength(list.size(), flexible);
        for (int i = 0; i < list.size(); i++) {
            list.get(i).write(this, version);
        }
    }

    /// As [#writeStructs], or null.
    public void writeNullableStructs(@Nullable List<? extends Message> list, boolean flexible, short version) {
        if (list == null) {
            writeNullLength(flexible);
        } else {
            writeStructs(list, flexible, version);
        }
    }

    /// A list of anything but structs.
    public <T> void writeList(List<T> list, boolean flexible, ElementWriter<T> elements) {
        writeLength(list.size(), flexible);
        for (int i = 0; i < list.size(); i++) {
            elements.write(this, list.get(i));
        }
    }

    /// As [#writeList], or null.
    public <T> void writeNullableList(@Nullable List<T> list, boolean flexible, ElementWriter<T> elements) {
        if (list == null) {
            writeNullLength(flexible);
        } else {
            writeList(list, flexible, elements);
        }
    }

    /// A struct that may be null, after the byte that says whether it is.
    public void writeNullableStruct(@Nullable Message struct, short version) {
        if (struct == null) {
            writeInt8((byte) -1);
        } else {
            writeInt8((byte) 1);
            struct.write(this, version);
        }
    }

    /// The tag and size of a tagged field whose value, of exactly `size` bytes, is written next.
    public void writeTagHeader(int tag, int size) {
        writeUnsignedVarint(tag);
        writeUnsignedVarint(size);
    }

    /// A writer for the value of a tagged field whose size is not known yet; see [#writeTagged].
    public WireWriter taggedValue() {
        return new WireWriter();
    }

    /// A tagged field with the value that was written into `value`.
    public void writeTagged(int tag, WireWriter value) {
        writeTagHeader(tag, Math.toIntExact(value.sizeInBytes()));
        for (WirePart part : value.parts()) {
            switch (part) {
                case WirePart.Encoded(ByteBuffer buffer) -> copy(buffer);
                case WirePart.Placed(Payload payload) -> place(payload);
            }
        }
    }

    private void writeLength(int length, boolean flexible) {
        if (flexible) {
            writeUnsignedVarint(length + 1);
        } else {
            writeInt32(length);
        }
    }

    private void writeNullLength(boolean flexible) {
        if (flexible) {
            writeUnsignedVarint(0);
        } else {
            writeInt32(-1);
        }
    }

    private void placeOrCopy(ByteBuffer bytes) {
        if (bytes.remaining() >= PLACED_BYTES_MIN) {
            place(new BufferPayload(bytes.slice()));
        } else {
            copy(bytes);
        }
    }

    private void copy(ByteBuffer bytes) {
        room(bytes.remaining()).put(bytes.duplicate());
    }

    private void place(Payload payload) {
        cut();
        parts.add(new WirePart.Placed(payload));
        finishedBytes += payload.sizeInBytes();
    }

    /// Ends the part that is being filled; the rest of its buffer begins the next one.
    private void cut() {
        int size = current.position() - cutPosition;
        if (size > 0) {
            parts.add(new WirePart.Encoded(current.slice(cutPosition, size)));
            finishedBytes += size;
            cutPosition = current.position();
        }
    }

    private ByteBuffer room(int bytes) {
        if (current.remaining() < bytes) {
            cut();
            current = allocator.allocate(Math.max(bytes, nextBufferBytes));
            cutPosition = current.position();
            nextBufferBytes = Math.min(2 * nextBufferBytes, BUFFER_BYTES_MAX);
        }
        return current;
    }

    private static ByteBuffer bytesOf(WirePart part) {
        return switch (part) {
            case WirePart.Encoded(ByteBuffer buffer) -> buffer.duplicate();
            case WirePart.Placed(BufferPayload payload) -> payload.duplicate();
            case WirePart.Placed(Payload payload) ->
                throw Invariant.unreachable("only bytes in memory can be joined, found " + payload);
        };
    }

    /// Writes one element of a list.
    @FunctionalInterface
    public interface ElementWriter<T> {
        void write(WireWriter writer, T element);
    }
}
