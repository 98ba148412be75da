package io.meridian.protocol.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One batch of magic 2, read where it lies: every accessor is an absolute read of the buffer it was wrapped around.
///
/// The view may be wrapped around other batches again and again. Before any other accessor is believed,
/// [#structureProblem] must have answered null: sizes in the header come from outside.
///
/// The buffer must be in big-endian order and its position is never moved.
public final class RecordBatchView {
    public static final int BASE_OFFSET_OFFSET = 0;
    public static final int LENGTH_OFFSET = 8;
    public static final int PARTITION_LEADER_EPOCH_OFFSET = 12;
    public static final int MAGIC_OFFSET = 16;
    public static final int CRC_OFFSET = 17;
    public static final int ATTRIBUTES_OFFSET = 21;
    public static final int LAST_OFFSET_DELTA_OFFSET = 23;
    public static final int BASE_TIMESTAMP_OFFSET = 27;
    public static final int MAX_TIMESTAMP_OFFSET = 35;
    public static final int PRODUCER_ID_OFFSET = 43;
    public static final int PRODUCER_EPOCH_OFFSET = 51;
    public static final int BASE_SEQUENCE_OFFSET = 53;
    public static final int RECORD_COUNT_OFFSET = 57;
    /// Bytes before the first record.
    public static final int HEADER_BYTES = 61;
    /// Bytes that the length field does not count: base offset and the field itself.
    public static final int LENGTH_OVERHEAD_BYTES = 12;

    public static final byte MAGIC = 2;
    public static final long NO_PRODUCER_ID = -1L;
    public static final long NO_TIMESTAMP = -1L;

    static final int COMPRESSION_MASK = 0x07;
    static final int LOG_APPEND_TIME_FLAG = 0x08;
    static final int TRANSACTIONAL_FLAG = 0x10;
    static final int CONTROL_FLAG = 0x20;
    static final int DELETE_HORIZON_FLAG = 0x40;

    private ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES);
    private int start;

    /// A view of the batch at the buffer's position.
    public static RecordBatchView of(ByteBuffer buffer) {
        return new RecordBatchView().wrap(buffer, buffer.position());
    }

    /// Looks at the batch that begins at the absolute index `start` from now on.
    public RecordBatchView wrap(ByteBuffer batchBuffer, int startIndex) {
        this.buffer = batchBuffer;
        this.start = startIndex;
        return this;
    }

    /// Why the first `availableBytes` bytes cannot hold this batch; null when header, magic and length fit. Touches
    /// nothing behind the header.
    public @Nullable String structureProblem(long availableBytes) {
        if (availableBytes < HEADER_BYTES) {
            return "a batch header has " + HEADER_BYTES + " bytes, found " + availableBytes;
        }
        if (magic() != MAGIC) {
            return "expected magic " + MAGIC + ", found " + magic();
        }
        int length = lengthField();
        if (length < HEADER_BYTES - LENGTH_OVERHEAD_BYTES || length > Integer.MAX_VALUE - LENGTH_OVERHEAD_BYTES) {
            return "impossible batch length " + length;
        }
        if (length + (long) LENGTH_OVERHEAD_BYTES > availableBytes) {
            return "a batch of " + (length + (long) LENGTH_OVERHEAD_BYTES) + " bytes ends behind the " + availableBytes
                    + " bytes there are";
        }
        return null;
    }

    /// Why the header describes no possible batch, its size aside; null when it does. Cheap enough for every batch
    /// of a scan.
    public @Nullable String headerProblem() {
        if (baseOffset() < 0 || lastOffsetDelta() < 0 || baseOffset() > Long.MAX_VALUE - lastOffsetDelta() - 1L) {
            return "impossible offsets " + baseOffset() + " + " + lastOffsetDelta();
        }
        if (recordCount() < 0) {
            return "impossible record count " + recordCount();
        }
        return null;
    }

    public long baseOffset() {
        return buffer.getLong(start + BASE_OFFSET_OFFSET);
    }

    public long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    /// The value of the length field: the batch without its first 12 bytes.
    public int lengthField() {
        return buffer.getInt(start + LENGTH_OFFSET);
    }

    /// The whole batch.
    public int sizeBytes() {
        return lengthField() + LENGTH_OVERHEAD_BYTES;
    }

    public int partitionLeaderEpoch() {
        return buffer.getInt(start + PARTITION_LEADER_EPOCH_OFFSET);
    }

    public byte magic() {
        return buffer.get(start + MAGIC_OFFSET);
    }

    /// The stored CRC32C, unsigned.
    public long crc() {
        return Integer.toUnsignedLong(buffer.getInt(start + CRC_OFFSET));
    }

    /// The CRC32C of the bytes from the attributes to the end, unsigned.
    public long computedCrc() {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(start + sizeBytes()).position(start + ATTRIBUTES_OFFSET));
        return crc.getValue();
    }

    public boolean crcIsValid() {
        return crc() == computedCrc();
    }

    public short attributes() {
        return buffer.getShort(start + ATTRIBUTES_OFFSET);
    }

    /// The number in the attributes, which may name no codec: 0 to 7.
    public int compressionCode() {
        return attributes() & COMPRESSION_MASK;
    }

    public boolean isCompressed() {
        return compressionCode() != 0;
    }

    /// The codec; null when the number names none.
    public @Nullable Compression compression() {
        return Compression.forCode(compressionCode());
    }

    public TimestampType timestampType() {
        return (attributes() & LOG_APPEND_TIME_FLAG) != 0 ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME;
    }

    public boolean isTransactional() {
        return (attributes() & TRANSACTIONAL_FLAG) != 0;
    }

    public boolean isControl() {
        return (attributes() & CONTROL_FLAG) != 0;
    }

    public boolean hasDeleteHorizon() {
        return (attributes() & DELETE_HORIZON_FLAG) != 0;
    }

    /// When tombstones and markers of this batch may go, which takes the place of the base timestamp; -1 when unset.
    public long deleteHorizonMs() {
        return hasDeleteHorizon() ? baseTimestampMs() : NO_TIMESTAMP;
    }

    public int lastOffsetDelta() {
        return buffer.getInt(start + LAST_OFFSET_DELTA_OFFSET);
    }

    /// What the records' timestamp deltas count from.
    public long baseTimestampMs() {
        return buffer.getLong(start + BASE_TIMESTAMP_OFFSET);
    }

    public long maxTimestampMs() {
        return buffer.getLong(start + MAX_TIMESTAMP_OFFSET);
    }

    public long producerId() {
        return buffer.getLong(start + PRODUCER_ID_OFFSET);
    }

    public boolean hasProducerId() {
        return producerId() > NO_PRODUCER_ID;
    }

    public short producerEpoch() {
        return buffer.getShort(start + PRODUCER_EPOCH_OFFSET);
    }

    public int baseSequence() {
        return buffer.getInt(start + BASE_SEQUENCE_OFFSET);
    }

    /// The sequence of the last record; sequences go on at 0 after [Integer#MAX_VALUE].
    public int lastSequence() {
        return sequenceAfter(baseSequence(), lastOffsetDelta());
    }

    public int recordCount() {
        return buffer.getInt(start + RECORD_COUNT_OFFSET);
    }

    /// `sequence` moved on by `increment` records, wrapping to 0; a negative sequence ("none") stays.
    public static int sequenceAfter(int sequence, int increment) {
        if (sequence < 0) {
            return sequence;
        }
        long sum = (long) sequence + increment;
        return (int) (sum > Integer.MAX_VALUE ? sum - Integer.MAX_VALUE - 1L : sum);
    }

    /// Patches the base offset, which the CRC does not cover.
    public void setBaseOffset(long baseOffset) {
        buffer.putLong(start + BASE_OFFSET_OFFSET, baseOffset);
    }

    /// Patches the leader epoch, which the CRC does not cover.
    public void setPartitionLeaderEpoch(int leaderEpoch) {
        buffer.putInt(start + PARTITION_LEADER_EPOCH_OFFSET, leaderEpoch);
    }

    /// Gives every record the broker's time and renews the CRC.
    public void setLogAppendTime(long timestampMs) {
        setMaxTimestamp(TimestampType.LOG_APPEND_TIME, timestampMs);
    }

    /// Patches timestamp type and maximum timestamp; renews the CRC when something changed.
    public void setMaxTimestamp(TimestampType type, long maxTimestampMs) {
        if (timestampType() == type && maxTimestampMs() == maxTimestampMs) {
            return;
        }
        int attributes = attributes() & ~LOG_APPEND_TIME_FLAG;
        if (type == TimestampType.LOG_APPEND_TIME) {
            attributes |= LOG_APPEND_TIME_FLAG;
        }
        buffer.putShort(start + ATTRIBUTES_OFFSET, (short) attributes);
        buffer.putLong(start + MAX_TIMESTAMP_OFFSET, maxTimestampMs);
        buffer.putInt(start + CRC_OFFSET, (int) computedCrc());
    }

    /// The records behind the header as they are stored, compressed or not; a view with bounds of its own.
    public ByteBuffer recordBytes() {
        return buffer.slice(start + HEADER_BYTES, sizeBytes() - HEADER_BYTES);
    }

    /// The whole batch; a view with bounds of its own.
    public ByteBuffer bytes() {
        return buffer.slice(start, sizeBytes());
    }
}
