package io.meridian.log.segment;

import io.meridian.protocol.record.RecordBatchView;

/// The two indexes of a segment while batches are added to it, by append or by a scan.
public final class IndexBuilder {
    private final OffsetIndex offsets;
    private final TimeIndex times;
    private int bytesSinceEntry;
    private long maxTimestampMs;
    private long maxTimestampOffset;

    public IndexBuilder(long baseOffset) {
        this.offsets = new OffsetIndex(baseOffset);
        this.times = new TimeIndex(baseOffset);
        this.maxTimestampMs = RecordBatchView.NO_TIMESTAMP;
        this.maxTimestampOffset = baseOffset;
    }

    /// Goes on behind the entries of loaded indexes.
    IndexBuilder(OffsetIndex offsets, TimeIndex times) {
        this.offsets = offsets;
        this.times = times;
        this.maxTimestampMs = Math.max(RecordBatchView.NO_TIMESTAMP, times.lastTimestamp());
        this.maxTimestampOffset = times.lastOffset();
    }

    /// Adds a batch of `sizeBytes` bytes at `position`.
    public void add(long lastOffset, long batchMaxTimestampMs, int position, int sizeBytes, int indexIntervalBytes) {
        if (batchMaxTimestampMs > maxTimestampMs) {
            maxTimestampMs = batchMaxTimestampMs;
            maxTimestampOffset = lastOffset;
        }
        if (bytesSinceEntry > indexIntervalBytes) {
            offsets.append(lastOffset, position);
            times.append(maxTimestampMs, maxTimestampOffset);
            bytesSinceEntry = 0;
        }
        bytesSinceEntry += sizeBytes;
    }

    /// Gives the time index its last entry: the segment takes no more batches.
    public void seal() {
        if (maxTimestampMs > RecordBatchView.NO_TIMESTAMP) {
            times.append(maxTimestampMs, maxTimestampOffset);
        }
    }

    /// The entries for batches before `position`, where the batch with `offset` begins.
    IndexBuilder cutAt(long position, long offset) {
        offsets.cutAt(position);
        times.cutAt(offset);
        return new IndexBuilder(offsets, times);
    }

    /// Takes over what `other` knows about batches from `position` on.
    void adoptFrom(IndexBuilder other, long position) {
        offsets.adoptFrom(other.offsets, position);
        if (other.maxTimestampMs > maxTimestampMs) {
            maxTimestampMs = other.maxTimestampMs;
            maxTimestampOffset = other.maxTimestampOffset;
            times.append(maxTimestampMs, maxTimestampOffset);
        }
        bytesSinceEntry = other.bytesSinceEntry;
    }

    public OffsetIndex offsets() {
        return offsets;
    }

    public TimeIndex times() {
        return times;
    }

    /// The largest timestamp so far, -1 when there is none.
    public long maxTimestampMs() {
        return maxTimestampMs;
    }

    /// The last offset of the first batch with the largest timestamp.
    public long maxTimestampOffset() {
        return maxTimestampOffset;
    }
}
