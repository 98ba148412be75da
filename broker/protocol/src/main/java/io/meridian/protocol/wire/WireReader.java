package io.meridian.protocol.wire;

import io.meridian.base.Uuid;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the values of one frame, in order, from a buffer that it does not move.
///
/// The bytes are hostile. Every length and count is compared with what remains of the frame and with [WireLimits]
/// before anything is allocated for it, and every fault is a [WireFormatException] that names the field. Bytes and
/// payloads are slices of the frame, not copies: they live as long as its buffer.
///
/// The `field` of each method is the name to report. `flexible` tells the compact forms (length + 1 as an unsigned
/// varint, 0 for null) from the fixed ones (a 16- or 32-bit length, -1 for null).
///
/// What a message takes on the heap is counted before it is allocated, in the sizes that a JVM with compressed
/// references gives its objects: at most [#HEAP_PER_FRAME_BYTE] for each byte of the frame and [#HEAP_ALWAYS_BYTES].
/// Messages that people send need a tenth to a half of it.
public final class WireReader {
    /// The bytes of an empty field.
    public static final ByteBuffer EMPTY_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /// What decoding may allocate for each byte of a frame.
    public static final int HEAP_PER_FRAME_BYTE = 16;

    /// What decoding may allocate whatever the size of the frame.
    public static final int HEAP_ALWAYS_BYTES = 64 * 1_024;

    /// Of it, what the reader itself and its last words need.
    private static final int RESERVED_BYTES = 4 * 1_024;

    private static final int REFERENCE_BYTES = 4;
    private static final int LIST_BYTES = 72;
    private static final int BOX_BYTES = 24;
    private static final int UUID_BYTES = 32;
    private static final int VIEW_BYTES = 96;
    private static final int STRING_BYTES = 48;

    /// Text beyond ASCII is decoded in two attempts, each with an array of its own.
    private static final int BEYOND_ASCII_BYTES = 112;

    private static final int BEYOND_ASCII_FACTOR = 5;

    private static final int CHECKED_CHARS = 128;
    private static final int CHECK_BYTES = 1_024;
    private static final int NULL_LENGTH = -1;
    private static final char REPLACEMENT = '\uFFFD';

    private final ByteBuffer buffer;
    private final WireLimits limits;
    private final int start;
    private final int end;
    private int position;
    private int elementsLeft;
    private long heapLeft;
    private int unknownTagBytesLeft;
    private byte[] text = new byte[0];
    private @Nullable CharsetDecoder checker;

    public WireReader(ByteBuffer frame, WireLimits limits) {
        this.buffer = frame.duplicate();
        this.limits = limits;
        this.start = frame.position();
        this.end = frame.limit();
        this.position = start;
        this.elementsLeft = limits.maxTotalElements();
        this.heapLeft = (long) HEAP_PER_FRAME_BYTE * (end - start) + HEAP_ALWAYS_BYTES - RESERVED_BYTES;
        this.unknownTagBytesLeft = limits.maxUnknownTagBytes();
    }

    /// A reader with the default limits.
    public WireReader(ByteBuffer frame) {
        this(frame, WireLimits.DEFAULT);
    }

    /// Bytes read so far.
    public int offset() {
        return position - start;
    }

    /// Bytes not read yet.
    public int remaining() {
        return end - position;
    }

    /// Refuses bytes after the last field.
    public void expectEnd(String field) {
        if (position != end) {
            throw fault(field, remaining() + " more bytes", "the end of the frame");
        }
    }

    public boolean readBoolean(String field) {
        return readInt8(field) != 0;
    }

    public byte readInt8(String field) {
        return buffer.get(take(field, Byte.BYTES));
    }

    public short readInt16(String field) {
        return buffer.getShort(take(field, Short.BYTES));
    }

    /// 0 to 65,535.
    public int readUint16(String field) {
        return Short.toUnsignedInt(readInt16(field));
    }

    public int readInt32(String field) {
        return buffer.getInt(take(field, Integer.BYTES));
    }

    public long readInt64(String field) {
        return buffer.getLong(take(field, Long.BYTES));
    }

    public double readFloat64(String field) {
        return buffer.getDouble(take(field, Double.BYTES));
    }

    public Uuid readUuid(String field) {
        int at = take(field, 2 * Long.BYTES);
        long most = buffer.getLong(at);
        long least = buffer.getLong(at + Long.BYTES);
        if ((most | least) == 0) {
            return Uuid.ZERO;
        }
        claim(field, UUID_BYTES);
        return new Uuid(most, least);
    }

    /// Seven bits per byte, low bits first; at most five bytes, and no bit beyond the 32nd. The result is unsigned.
    public int readUnsignedVarint(String field) {
        int at = position;
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = readInt8(field);
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                if (shift == 28 && next > 0x0F) {
                    break;
                }
                return value;
            }
        }
        throw faultAt(field, at, "a varint of more than 32 bits", "32 bits");
    }

    /// A signed 32-bit number, zigzag coded.
    public int readVarint(String field) {
        int raw = readUnsignedVarint(field);
        return (raw >>> 1) ^ -(raw & 1);
    }

    /// A signed 64-bit number, zigzag coded; at most ten bytes, and no bit beyond the 64th.
    public long readVarlong(String field) {
        int at = position;
        long raw = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = readInt8(field);
            raw |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw faultAt(field, at, "a varlong of more than 64 bits", "64 bits");
    }

    public String readString(String field, boolean flexible) {
        int at = position;
        return refuseNull(field, at, readNullableString(field, flexible));
    }

    public @Nullable String readNullableString(String field, boolean flexible) {
        int at = position;
        int length = flexible ? readCompactLength(field) : readInt16(field);
        if (length == NULL_LENGTH) {
            return null;
        }
        if (length < 0 || length > limits.maxStringBytes()) {
            throw faultAt(field, at, "a length of " + length, "0 to " + limits.maxStringBytes() + " bytes");
        }
        int from = take(field, length);
        if (length == 0) {
            return "";
        }
        return decode(field, from, length);
    }

    /// A slice of the frame.
    public ByteBuffer readBytes(String field, boolean flexible) {
        int at = position;
        return refuseNull(field, at, readNullableBytes(field, flexible));
    }

    /// A slice of the frame, or null.
    public @Nullable ByteBuffer readNullableBytes(String field, boolean flexible) {
        int at = position;
        int length = flexible ? readCompactLength(field) : readInt32(field);
        if (length == NULL_LENGTH) {
            return null;
        }
        if (length < 0) {
            throw faultAt(field, at, "a length of " + length, "0 to " + remaining() + " bytes");
        }
        int from = take(field, length);
        if (length == 0) {
            return EMPTY_BYTES;
        }
        claim(field, VIEW_BYTES);
        return buffer.slice(from, length);
    }

    /// A slice of the frame.
    public Payload readPayload(String field, boolean flexible) {
        return payload(readBytes(field, flexible));
    }

    /// A slice of the frame, or null.
    public @Nullable Payload readNullablePayload(String field, boolean flexible) {
        ByteBuffer bytes = readNullableBytes(field, flexible);
        return bytes == null ? null : payload(bytes);
    }

    private static Payload payload(ByteBuffer bytes) {
        return bytes.hasRemaining() ? new BufferPayload(bytes) : BufferPayload.EMPTY;
    }

    /// An unmodifiable list.
    ///
    /// @param minElementBytes the fewest bytes that an element can have on the wire
    public <T> List<T> readList(
            String field, boolean flexible, int minElementBytes, short version, ElementReader<T> elements) {
        int at = position;
        return refuseNull(field, at, readNullableList(field, flexible, minElementBytes, version, elements));
    }

    /// As [#readList], or null.
    public <T> @Nullable List<T> readNullableList(
            String field, boolean flexible, int minElementBytes, short version, ElementReader<T> elements) {
        int at = position;
        int count = flexible ? readCompactLength(field) : readInt32(field);
        if (count == NULL_LENGTH) {
            return null;
        }
        if (count == 0) {
            return List.of();
        }
        checkCount(field, at, count, minElementBytes);
        claim(field, LIST_BYTES + (long) REFERENCE_BYTES * count);
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(elements.read(this, version));
        }
        return Collections.unmodifiableList(list);
    }

    /// Counts what is about to be allocated for `field` against what the frame justifies.
    public void claim(String field, long heapBytes) {
        heapLeft -= heapBytes;
        if (heapLeft < 0) {
            throw fault(
                    field,
                    "a message that grows in memory",
                    HEAP_PER_FRAME_BYTE + " bytes for each of the frame's " + (end - start));
        }
    }

    /// The same value, counted as the object that a list needs of it.
    public <T> T boxed(String field, T value) {
        claim(field, BOX_BYTES);
        return value;
    }

    /// Whether a nullable struct follows.
    public boolean readPresence(String field) {
        int at = position;
        byte presence = readInt8(field);
        if (presence != 1 && presence != NULL_LENGTH) {
            throw faultAt(field, at, "a presence of " + presence, "1 or -1");
        }
        return presence == 1;
    }

    /// The number of tagged fields that follow.
    public int readTagCount(String message) {
        int at = position;
        int count = readUnsignedVarint(message);
        if (count < 0 || count > limits.maxTaggedFields()) {
            throw faultAt(
                    message,
                    at,
                    Integer.toUnsignedString(count) + " tagged fields",
                    "0 to " + limits.maxTaggedFields());
        }
        return count;
    }

    /// The next tag. Tags ascend, which also keeps them from repeating.
    ///
    /// @param previous the tag before it, -1 at first
    public int readTag(String message, int previous) {
        int at = position;
        int tag = readUnsignedVarint(message);
        if (tag <= previous) {
            throw faultAt(message, at, "tag " + Integer.toUnsignedString(tag), "a tag above " + previous);
        }
        return tag;
    }

    /// The size of the tagged field that follows, as the offset at which it must end.
    public int readTagEnd(String message) {
        int at = position;
        int size = readUnsignedVarint(message);
        if (size < 0 || size > remaining()) {
            throw faultAt(
                    message,
                    at,
                    "a tagged field of " + Integer.toUnsignedString(size) + " bytes",
                    "0 to " + remaining() + " bytes");
        }
        return offset() + size;
    }

    /// Passes over the value, up to `endOffset`, of a tagged field that the message does not know.
    public void skipUnknown(String message, int endOffset) {
        int size = endOffset - offset();
        if (size > unknownTagBytesLeft) {
            throw fault(
                    message,
                    "unknown tagged fields of more than " + (limits.maxUnknownTagBytes() - unknownTagBytesLeft)
                            + " bytes",
                    limits.maxUnknownTagBytes() + " bytes in a frame");
        }
        unknownTagBytesLeft -= size;
        position = start + endOffset;
    }

    /// Refuses a tagged field whose value is shorter or longer than its size said.
    public void expectOffset(String message, int endOffset) {
        if (offset() != endOffset) {
            throw fault(message, "a tagged field that ends here", "an end at offset " + endOffset);
        }
    }

    /// Passes over a section of tagged fields of which the message knows none.
    public void skipTaggedFields(String message) {
        int tag = -1;
        for (int left = readTagCount(message); left > 0; left--) {
            tag = readTag(message, tag);
            skipUnknown(message, readTagEnd(message));
        }
    }

    private void checkCount(String field, int at, int count, int minElementBytes) {
        int allowed = Math.min(limits.maxArrayElements(), elementsLeft);
        int fitting = remaining() / Math.max(1, minElementBytes);
        if (count < 0 || count > allowed || count > fitting) {
            throw faultAt(field, at, "a count of " + count, "0 to " + Math.min(allowed, fitting) + " elements");
        }
        elementsLeft -= count;
    }

    /// The compact form of a length; anything above 2^31 - 1 comes out below -1 and is refused by the caller.
    private int readCompactLength(String field) {
        int at = position;
        int coded = readUnsignedVarint(field);
        if (coded < 0) {
            throw faultAt(field, at, "a length of " + (Integer.toUnsignedLong(coded) - 1), "less than 2^31");
        }
        return coded - 1;
    }

    private int take(String field, int bytes) {
        int at = position;
        if (bytes > end - at) {
            throw fault(field, remaining() + " more bytes", "no fewer than " + bytes);
        }
        position = at + bytes;
        return at;
    }

    private String decode(String field, int from, int length) {
        if (text.length < length) {
            text = new byte[length];
        }
        buffer.get(from, text, 0, length);
        int seen = 0;
        for (int i = 0; i < length; i++) {
            seen |= text[i];
        }
        claim(field, seen < 0 ? BEYOND_ASCII_BYTES + (long) length * BEYOND_ASCII_FACTOR : STRING_BYTES + length);
        String decoded = new String(text, 0, length, StandardCharsets.UTF_8);
        if (seen < 0 && decoded.indexOf(REPLACEMENT) >= 0) {
            checkUtf8(field, from, length);
        }
        return decoded;
    }

    private void checkUtf8(String field, int at, int length) {
        if (checker == null) {
            claim(field, CHECK_BYTES);
            checker = StandardCharsets.UTF_8.newDecoder();
        }
        claim(field, 2 * VIEW_BYTES + 2L * CHECKED_CHARS);
        ByteBuffer bytes = ByteBuffer.wrap(text, 0, length);
        CharBuffer chars = CharBuffer.allocate(CHECKED_CHARS);
        CoderResult result = checker.reset().decode(bytes, chars, true);
        while (result.isOverflow()) {
            result = checker.decode(bytes, chars.clear(), true);
        }
        if (result.isError()) {
            throw faultAt(field, at, "bytes that are not UTF-8", "UTF-8");
        }
    }

    private <T> T refuseNull(String field, int at, @Nullable T value) {
        if (value == null) {
            throw faultAt(field, at, "null", "a value");
        }
        return value;
    }

    private WireFormatException fault(String field, String found, String allowed) {
        return faultAt(field, position, found, allowed);
    }

    private WireFormatException faultAt(String field, int at, String found, String allowed) {
        return WireFormatException.at(field, at - start, found, allowed);
    }

    /// Reads one element of a list.
    @FunctionalInterface
    public interface ElementReader<T> {
        T read(WireReader reader, short version);
    }
}
