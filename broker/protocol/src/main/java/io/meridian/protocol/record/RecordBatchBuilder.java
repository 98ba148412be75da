package io.meridian.protocol.record;

import io.meridian.base.Invariant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes one batch of magic 2, on the heap. For records that the broker itself writes, and for tests; never on the
/// way of a client's batch.
public final class RecordBatchBuilder {
    private static final int FIRST_BYTES = 512;

    private ByteBuffer records = ByteBuffer.allocate(FIRST_BYTES);
    private Compression compression = Compression.NONE;
    private long baseOffset;
    private int partitionLeaderEpoch = -1;
    private int flags;
    private long baseTimestampMs = RecordBatchView.NO_TIMESTAMP;
    private long maxTimestampMs = RecordBatchView.NO_TIMESTAMP;
    private long producerId = RecordBatchView.NO_PRODUCER_ID;
    private short producerEpoch = -1;
    private int baseSequence = -1;
    private int count;

    public RecordBatchBuilder compression(Compression codec) {
        this.compression = codec;
        return this;
    }

    public RecordBatchBuilder baseOffset(long offset) {
        this.baseOffset = offset;
        return this;
    }

    public RecordBatchBuilder partitionLeaderEpoch(int leaderEpoch) {
        this.partitionLeaderEpoch = leaderEpoch;
        return this;
    }

    public RecordBatchBuilder producer(long id, short epoch, int firstSequence) {
        this.producerId = id;
        this.producerEpoch = epoch;
        this.baseSequence = firstSequence;
        return this;
    }

    public RecordBatchBuilder transactional() {
        flags |= RecordBatchView.TRANSACTIONAL_FLAG;
        return this;
    }

    public RecordBatchBuilder control() {
        flags |= RecordBatchView.CONTROL_FLAG;
        return this;
    }

    public RecordBatchBuilder logAppendTime() {
        flags |= RecordBatchView.LOG_APPEND_TIME_FLAG;
        return this;
    }

    public int recordCount() {
        return count;
    }

    /// Bytes of the records so far, uncompressed.
    public int recordBytes() {
        return records.position();
    }

    public RecordBatchBuilder append(long timestampMs, @Nullable ByteBuffer key, @Nullable ByteBuffer value) {
        return append(timestampMs, key, value, List.of());
    }

    public RecordBatchBuilder append(long timestampMs, byte @Nullable [] key, byte @Nullable [] value) {
        return append(
                timestampMs,
                key == null ? null : ByteBuffer.wrap(key),
                value == null ? null : ByteBuffer.wrap(value),
                List.of());
    }

    /// Adds a record. The buffers are copied and not moved.
    public RecordBatchBuilder append(
            long timestampMs, @Nullable ByteBuffer key, @Nullable ByteBuffer value, List<RecordHeader> headers) {
        int payload = fieldBytes(key) + fieldBytes(value) + Varints.sizeOf(headers.size());
        byte[][] names = new byte[headers.size()][];
        for (int header = 0; header < names.length; header++) {
            names[header] = headers.get(header).key().getBytes(StandardCharsets.UTF_8);
            payload += Varints.sizeOf(names[header].length)
                    + names[header].length
                    + fieldBytes(headers.get(header).value());
        }
        begin(timestampMs, count, payload);
        putField(key);
        putField(value);
        Varints.put(records, headers.size());
        for (int header = 0; header < names.length; header++) {
            putField(ByteBuffer.wrap(names[header]));
            putField(headers.get(header).value());
        }
        return this;
    }

    /// Adds a record whose key, value and headers are encoded already.
    void appendEncoded(long timestampMs, ByteBuffer payload) {
        begin(timestampMs, count, payload.remaining());
        records.put(payload.duplicate());
    }

    private void begin(long timestampMs, int offsetDelta, int payloadBytes) {
        if (count == 0) {
            baseTimestampMs = timestampMs;
            maxTimestampMs = timestampMs;
        }
        maxTimestampMs = Math.max(maxTimestampMs, timestampMs);
        long delta = timestampMs - baseTimestampMs;
        int body = 1 + Varints.sizeOf(delta) + Varints.sizeOf(offsetDelta) + payloadBytes;
        reserve(Varints.sizeOf(body) + body);
        Varints.put(records, body);
        records.put((byte) 0);
        Varints.put(records, delta);
        Varints.put(records, offsetDelta);
        count++;
    }

    private void reserve(int bytes) {
        if (records.remaining() < bytes) {
            int needed = Math.addExact(records.position(), bytes);
            long doubled = records.capacity() * 2L;
            ByteBuffer larger = ByteBuffer.allocate(Math.clamp(doubled, needed, Integer.MAX_VALUE - 16));
            larger.put(records.flip());
            records = larger;
        }
    }

    private static int fieldBytes(@Nullable ByteBuffer field) {
        return field == null ? 1 : Varints.sizeOf(field.remaining()) + field.remaining();
    }

    private void putField(@Nullable ByteBuffer field) {
        if (field == null) {
            Varints.put(records, -1);
        } else {
            Varints.put(records, field.remaining());
            records.put(field.duplicate());
        }
    }

    /// The finished batch, from position 0 to its limit. At least one record must have been added.
    public ByteBuffer build() {
        Invariant.check(count > 0, "a batch needs a record");
        return build(baseTimestampMs, maxTimestampMs);
    }

    ByteBuffer build(long headerBaseTimestampMs, long headerMaxTimestampMs) {
        ByteBuffer body = compression.deflate(records.duplicate().flip());
        int size = Math.addExact(RecordBatchView.HEADER_BYTES, body.remaining());
        ByteBuffer batch = ByteBuffer.allocate(size);
        batch.putLong(baseOffset)
                .putInt(size - RecordBatchView.LENGTH_OVERHEAD_BYTES)
                .putInt(partitionLeaderEpoch)
                .put(RecordBatchView.MAGIC)
                .putInt(0)
                .putShort((short) (flags | compression.code()))
                .putInt(count - 1)
                .putLong(headerBaseTimestampMs)
                .putLong(headerMaxTimestampMs)
                .putLong(producerId)
                .putShort(producerEpoch)
                .putInt(baseSequence)
                .putInt(count)
                .put(body)
                .flip();
        batch.putInt(RecordBatchView.CRC_OFFSET, (int) RecordBatchView.of(batch).computedCrc());
        return batch;
    }
}
