package io.meridian.log.state;

import io.meridian.protocol.record.RecordBatchView;

/// When the next batch opens a new segment: the old one would grow too large, its first record is too old compared
/// with the batch, an index is full, or the batch's offsets no longer fit an index entry.
///
/// @param segmentMs already shortened by the log's jitter
public record RollRule(int segmentBytes, long segmentMs, int segmentIndexBytes) {
    private static final int OFFSET_INDEX_ENTRY_BYTES = 8;
    private static final int TIME_INDEX_ENTRY_BYTES = 12;

    /// True when the batch must not go into the segment of `plan`. An empty segment takes any batch whose offsets
    /// fit.
    public boolean mustRoll(SegmentPlan plan, int batchBytes, long maxTimestampMs, long lastOffset) {
        if (lastOffset - plan.baseOffset() > Integer.MAX_VALUE) {
            return true;
        }
        if (!plan.hasRecords()) {
            return false;
        }
        return plan.sizeBytes() + batchBytes > segmentBytes || isTooOld(plan, maxTimestampMs) || isIndexFull(plan);
    }

    private boolean isTooOld(SegmentPlan plan, long maxTimestampMs) {
        return maxTimestampMs != RecordBatchView.NO_TIMESTAMP
                && plan.firstTimestampMs() != RecordBatchView.NO_TIMESTAMP
                && maxTimestampMs - plan.firstTimestampMs() > segmentMs;
    }

    private boolean isIndexFull(SegmentPlan plan) {
        return plan.indexEntries() >= segmentIndexBytes / OFFSET_INDEX_ENTRY_BYTES
                || plan.indexEntries() >= segmentIndexBytes / TIME_INDEX_ENTRY_BYTES - 1;
    }
}
