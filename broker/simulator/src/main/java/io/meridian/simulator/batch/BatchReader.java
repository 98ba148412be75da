package io.meridian.simulator.batch;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Walks the batches of a fetched range and checks every byte of them that a client could check.
///
/// After [#next()] returned true the accessors speak of the current batch. A range may end within a batch: its
/// rest is ignored, as clients do.
public final class BatchReader {
    private static final int CRC_START = 21;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int next;
    private int start;
    private int size;
    private int count;
    private long[] ids = new long[16];
    private @Nullable String damage;

    /// Starts over with the remaining bytes of `range`.
    public void reset(ByteBuffer range) {
        bytes = range.slice();
        next = 0;
        damage = null;
    }

    /// Goes to the next whole batch. False at the end, and at the first damaged batch: then [#damage()] tells why.
    public boolean next() {
        int left = bytes.limit() - next;
        if (left < BatchWriter.HEADER_BYTES) {
            return false;
        }
        size = bytes.getInt(next + 8) + 12;
        if (size < BatchWriter.HEADER_BYTES) {
            return damaged("a batch length of " + size);
        }
        if (size > left) {
            return false;
        }
        start = next;
        if (bytes.get(start + 16) != 2) {
            return damaged("magic " + bytes.get(start + 16));
        }
        crc.reset();
        crc.update(bytes.slice(start + CRC_START, size - CRC_START));
        if ((int) crc.getValue() != bytes.getInt(start + 17)) {
            return damaged("a wrong checksum at base offset " + baseOffset());
        }
        count = bytes.getInt(start + 57);
        if (count != bytes.getInt(start + 23) + 1 || count < 1 || count > size) {
            return damaged("a record count of " + count);
        }
        next = start + size;
        return readRecords();
    }

    private boolean readRecords() {
        if (ids.length < count) {
            ids = new long[count * 2];
        }
        int at = start + BatchWriter.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int length = varint(at);
            at += varintBytes(at);
            int end = at + length;
            at++;
            at += varintBytes(at);
            if (varint(at) != i) {
                return damaged("offset delta " + varint(at) + " at record " + i);
            }
            at += varintBytes(at);
            at += varintBytes(at);
            int valueBytes = varint(at);
            at += varintBytes(at);
            long id = bytes.getLong(at);
            ids[i] = id;
            for (int j = at + BatchWriter.ID_BYTES; j < at + valueBytes; j++) {
                if (bytes.get(j) != BatchWriter.padding(id)) {
                    return damaged("a wrong byte in the value of id " + id);
                }
            }
            at = end;
        }
        return at == start + size || damaged("records that end at " + at + " in a batch of " + size);
    }

    private boolean damaged(String what) {
        damage = what;
        return false;
    }

    /// Why [#next()] stopped before the end; null when nothing is wrong.
    public @Nullable String damage() {
        return damage;
    }

    public long baseOffset() {
        return bytes.getLong(start);
    }

    public long lastOffset() {
        return baseOffset() + count - 1;
    }

    public int leaderEpoch() {
        return bytes.getInt(start + 12);
    }

    public long producerId() {
        return bytes.getLong(start + 43);
    }

    public int baseSequence() {
        return bytes.getInt(start + 53);
    }

    public int count() {
        return count;
    }

    public int sizeBytes() {
        return size;
    }

    /// Position of the batch in the range.
    public int position() {
        return start;
    }

    /// The value id of record `index` of the batch.
    public long id(int index) {
        return ids[index];
    }

    private int varint(int at) {
        int value = 0;
        int shift = 0;
        int position = at;
        byte current;
        do {
            current = bytes.get(position++);
            value |= (current & 0x7F) << shift;
            shift += 7;
        } while (current < 0);
        return (value >>> 1) ^ -(value & 1);
    }

    private int varintBytes(int at) {
        int position = at;
        while (bytes.get(position) < 0) {
            position++;
        }
        return position - at + 1;
    }
}
