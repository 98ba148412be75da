package io.meridian.simulator.batch;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Builds one uncompressed batch of format v2 whose records carry consecutive value ids.
///
/// A value is eight bytes of id and a padding that depends on the id alone, so a reader can check every byte. Key
/// and headers are absent.
public final class BatchWriter {
    static final int HEADER_BYTES = 61;
    static final int ID_BYTES = 8;
    private static final int CRC_START = 21;
    private static final int LARGEST_RECORD_OVERHEAD_BYTES = 24;

    private final CRC32C crc = new CRC32C();
    private byte[] scratch = new byte[1024];

    /// The batch with the records of ids `firstId` to `firstId + count - 1`.
    ///
    /// @param producerId -1 for a plain producer, whose epoch and sequence are then -1
    /// @param paddingBytes added to each value
    public byte[] write(
            long firstId,
            int count,
            int paddingBytes,
            long timestampMs,
            long producerId,
            short producerEpoch,
            int baseSequence) {
        int bound = HEADER_BYTES + count * (ID_BYTES + paddingBytes + LARGEST_RECORD_OVERHEAD_BYTES);
        if (scratch.length < bound) {
            scratch = new byte[bound * 2];
        }
        ByteBuffer out = ByteBuffer.wrap(scratch);
        out.position(HEADER_BYTES);
        for (int i = 0; i < count; i++) {
            writeRecord(out, i, firstId + i, paddingBytes);
        }
        int size = out.position();
        out.putLong(0, 0L);
        out.putInt(8, size - 12);
        out.putInt(12, -1);
        out.put(16, (byte) 2);
        out.putShort(21, (short) 0);
        out.putInt(23, count - 1);
        out.putLong(27, timestampMs);
        out.putLong(35, timestampMs);
        out.putLong(43, producerId);
        out.putShort(51, producerEpoch);
        out.putInt(53, baseSequence);
        out.putInt(57, count);
        crc.reset();
        crc.update(scratch, CRC_START, size - CRC_START);
        out.putInt(17, (int) crc.getValue());
        byte[] batch = new byte[size];
        System.arraycopy(scratch, 0, batch, 0, size);
        return batch;
    }

    private static void writeRecord(ByteBuffer out, int index, long id, int paddingBytes) {
        int valueBytes = ID_BYTES + paddingBytes;
        int bodyBytes = 1 + 1 + varintBytes(index) + 1 + varintBytes(valueBytes) + valueBytes + 1;
        putVarint(out, bodyBytes);
        out.put((byte) 0);
        putVarint(out, 0);
        putVarint(out, index);
        putVarint(out, -1);
        putVarint(out, valueBytes);
        out.putLong(id);
        for (int i = 0; i < paddingBytes; i++) {
            out.put(padding(id));
        }
        putVarint(out, 0);
    }

    static byte padding(long id) {
        return (byte) (id * 31 + 7);
    }

    private static int varintBytes(int value) {
        int zigzag = (value << 1) ^ (value >> 31);
        int bytes = 1;
        while ((zigzag & ~0x7F) != 0) {
            zigzag >>>= 7;
            bytes++;
        }
        return bytes;
    }

    private static void putVarint(ByteBuffer out, int value) {
        int zigzag = (value << 1) ^ (value >> 31);
        while ((zigzag & ~0x7F) != 0) {
            out.put((byte) ((zigzag & 0x7F) | 0x80));
            zigzag >>>= 7;
        }
        out.put((byte) zigzag);
    }
}
