package io.meridian.protocol.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the records of one batch without creating an object per record: after each [#next()] that answers RECORD
/// the accessors speak of that record.
///
/// Takes uncompressed bytes: [RecordBatchView#recordBytes()] of an uncompressed batch, or what [Compression] made
/// of a compressed one. Every length is checked against the record and the record against the buffer.
public final class RecordCursor {
    /// What a step found.
    public enum Step {
        RECORD,
        /// All records were seen and no byte is left.
        END,
        /// The bytes are not the records that the batch declares; [#problem()] says why. Nothing follows.
        MALFORMED
    }

    private static final int VARINT_BYTES_MAX = 5;
    private static final int VARLONG_BYTES_MAX = 10;

    /// Length, attributes, timestamp and offset deltas and the key's length where none of them has more than two bytes.
    private static final int PLAIN_HEAD_BYTES_MAX = 9;

    private final ByteBuffer buffer;
    private final int count;
    private int position;
    private int recordLimit;
    private int index = -1;
    private boolean overrun;
    private String problem = "";

    private int attributes;
    private long timestampDelta;
    private int offsetDelta;
    private int payloadPosition;
    private int keyPosition;
    private int keySize;
    private int valuePosition;
    private int valueSize;
    private int headerCount;
    private int headersPosition;

    /// A walk over the remaining bytes of `records`, which must hold exactly `count` records.
    public RecordCursor(ByteBuffer records, int count) {
        this.buffer = records.slice();
        this.count = count;
    }

    /// A walk over an uncompressed batch.
    public static RecordCursor over(RecordBatchView batch) {
        return new RecordCursor(batch.recordBytes(), batch.recordCount());
    }

    public Step next() {
        if (!problem.isEmpty()) {
            return Step.MALFORMED;
        }
        if (index + 1 >= count) {
            return position == buffer.limit()
                    ? Step.END
                    : malformed((buffer.limit() - position) + " bytes follow the " + count + " records");
        }
        index++;
        if (readPlain()) {
            return Step.RECORD;
        }
        recordLimit = buffer.limit();
        int length = readInt();
        if (overrun || length < 0 || length > buffer.limit() - position) {
            return malformed("impossible record length " + length);
        }
        recordLimit = position + length;
        readFields();
        if (overrun || position != recordLimit) {
            return malformed("its fields do not fill its " + length + " bytes");
        }
        return Step.RECORD;
    }

    /// Reads the shape that nearly all records have: no header, no number of more than two bytes. Touches nothing and
    /// answers false where a record has another shape, is malformed or ends near the end of the buffer. Works on
    /// locals, because this loop is what small records cost.
    private boolean readPlain() {
        ByteBuffer in = buffer;
        int at = position;
        int last = in.limit() - PLAIN_HEAD_BYTES_MAX;
        if (at > last) {
            return false;
        }
        int length = in.get(at++);
        if (length < 0) {
            length = twoBytes(length, in.get(at++));
        }
        int end = at + (length >>> 1);
        int kind = in.get(at++);
        int timestamp = in.get(at++);
        if (timestamp < 0) {
            timestamp = twoBytes(timestamp, in.get(at++));
        }
        int offset = in.get(at++);
        if (offset < 0) {
            offset = twoBytes(offset, in.get(at++));
        }
        int keyFrom = at;
        int key = in.get(at++);
        if (key < 0) {
            key = twoBytes(key, in.get(at++));
        }
        int keyAt = at;
        key = zigzag(key);
        // A number of more than two bytes shows as a negative one, and as a size that no record has.
        if ((length | timestamp | offset) < 0 || (length & 1) != 0 || key < -1 || key > last - at) {
            return false;
        }
        at += Math.max(0, key);
        int value = in.get(at++);
        if (value < 0) {
            value = twoBytes(value, in.get(at++));
        }
        int valueAt = at;
        value = zigzag(value);
        at += Math.max(0, value);
        if (value < -1 || at != end - 1 || end > in.limit() || in.get(at) != 0) {
            return false;
        }
        attributes = kind;
        timestampDelta = zigzag(timestamp);
        offsetDelta = zigzag(offset);
        payloadPosition = keyFrom;
        keySize = key;
        keyPosition = keyAt;
        valueSize = value;
        valuePosition = valueAt;
        headerCount = 0;
        headersPosition = end;
        recordLimit = end;
        position = end;
        return true;
    }

    private void readFields() {
        attributes = readByte();
        timestampDelta = readLong();
        offsetDelta = readInt();
        payloadPosition = position;
        keySize = readInt();
        keyPosition = skip(keySize, true);
        valueSize = readInt();
        valuePosition = skip(valueSize, true);
        headerCount = readInt();
        headersPosition = position;
        if (headerCount < 0 || headerCount > recordLimit - position) {
            overrun = true;
        }
        for (int header = 0; header < headerCount && !overrun; header++) {
            skip(readInt(), false);
            skip(readInt(), true);
        }
    }

    private Step malformed(String reason) {
        problem = "record " + index + ": " + reason;
        return Step.MALFORMED;
    }

    /// Why the last step was MALFORMED; empty otherwise.
    public String problem() {
        return problem;
    }

    /// The place of the record in its batch, from 0.
    public int index() {
        return index;
    }

    public int attributes() {
        return attributes;
    }

    public long timestampDelta() {
        return timestampDelta;
    }

    public int offsetDelta() {
        return offsetDelta;
    }

    public boolean hasKey() {
        return keySize >= 0;
    }

    public boolean hasValue() {
        return valueSize >= 0;
    }

    /// The bytes of the key; null when it has none. A new view per call.
    public @Nullable ByteBuffer key() {
        return keySize < 0 ? null : buffer.slice(keyPosition, keySize);
    }

    /// The bytes of the value; null for a tombstone. A new view per call.
    public @Nullable ByteBuffer value() {
        return valueSize < 0 ? null : buffer.slice(valuePosition, valueSize);
    }

    public int headerCount() {
        return headerCount;
    }

    /// The headers as a new list.
    public List<RecordHeader> headers() {
        List<RecordHeader> headers = new ArrayList<>(headerCount);
        int back = position;
        position = headersPosition;
        for (int header = 0; header < headerCount; header++) {
            int nameSize = readInt();
            int namePosition = skip(nameSize, false);
            int size = readInt();
            int at = skip(size, true);
            headers.add(new RecordHeader(
                    StandardCharsets.UTF_8
                            .decode(buffer.slice(namePosition, nameSize))
                            .toString(),
                    size < 0 ? null : buffer.slice(at, size)));
        }
        position = back;
        return headers;
    }

    /// Everything behind the offset delta: key, value and headers as they are encoded. A new view per call.
    ByteBuffer encodedPayload() {
        return buffer.slice(payloadPosition, recordLimit - payloadPosition);
    }

    private int skip(int size, boolean nullable) {
        int from = position;
        if (size < (nullable ? -1 : 0) || size > recordLimit - position) {
            overrun = true;
        } else if (size > 0) {
            position += size;
        }
        return from;
    }

    private int readByte() {
        if (position >= recordLimit) {
            overrun = true;
            return 0;
        }
        return buffer.get(position++);
    }

    private int readInt() {
        long value = readZigzag(VARINT_BYTES_MAX);
        if (value != (int) value) {
            overrun = true;
        }
        return (int) value;
    }

    private long readLong() {
        return readZigzag(VARLONG_BYTES_MAX);
    }

    /// Most numbers of a record have one or two bytes; only others take the loop.
    private long readZigzag(int bytesMax) {
        int at = position;
        if (recordLimit - at >= 2) {
            int first = buffer.get(at);
            if (first >= 0) {
                position = at + 1;
                return zigzag(first);
            }
            int second = buffer.get(at + 1);
            if (second >= 0) {
                position = at + 2;
                return zigzag(twoBytes(first, second));
            }
        }
        return readAnyZigzag(bytesMax);
    }

    /// The number in two bytes; negative when the second says that there are more.
    private static int twoBytes(int first, int second) {
        return (first & 0x7F) | (second << 7);
    }

    private static int zigzag(int raw) {
        return (raw >>> 1) ^ -(raw & 1);
    }

    private long readAnyZigzag(int bytesMax) {
        long raw = 0;
        for (int count = 0; count < bytesMax; count++) {
            int next = readByte();
            if (overrun) {
                return 0;
            }
            raw |= (long) (next & 0x7F) << (7 * count);
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        overrun = true;
        return 0;
    }
}
