package io.meridian.log.state;

/// The segment that planned batches go to, as it will be once all of them are written.
public final class SegmentPlan {
    private final long baseOffset;
    private long sizeBytes;
    private boolean hasRecords;
    private long firstTimestampMs;
    private int indexEntries;
    private int bytesSinceIndexEntry;

    public SegmentPlan(long baseOffset) {
        this.baseOffset = baseOffset;
    }

    /// The plan of a segment that exists.
    ///
    /// @param firstTimestampMs of its first batch, ignored when it is empty
    public SegmentPlan(long baseOffset, long sizeBytes, long firstTimestampMs, int indexEntries) {
        this.baseOffset = baseOffset;
        this.sizeBytes = sizeBytes;
        this.hasRecords = sizeBytes > 0;
        this.firstTimestampMs = firstTimestampMs;
        this.indexEntries = indexEntries;
    }

    /// Takes in a batch; its position in the file.
    public int add(int batchBytes, long maxTimestampMs, int indexIntervalBytes) {
        int position = (int) sizeBytes;
        if (!hasRecords) {
            hasRecords = true;
            firstTimestampMs = maxTimestampMs;
        }
        if (bytesSinceIndexEntry > indexIntervalBytes) {
            indexEntries++;
            bytesSinceIndexEntry = 0;
        }
        bytesSinceIndexEntry += batchBytes;
        sizeBytes += batchBytes;
        return position;
    }

    public long baseOffset() {
        return baseOffset;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    boolean hasRecords() {
        return hasRecords;
    }

    long firstTimestampMs() {
        return firstTimestampMs;
    }

    int indexEntries() {
        return indexEntries;
    }
}
