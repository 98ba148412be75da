package io.meridian.log;

import io.meridian.base.Invariant;

/// The offsets of one log and the order they keep: `logStartOffset <= lastStableOffset <= highWatermark <=
/// writtenEndOffset <= logEndOffset` and `recoveryPoint <= syncedEndOffset <= writtenEndOffset`. Checked after every
/// change.
final class LogOffsets {
    private long logStartOffset;
    private long highWatermark;
    private long recoveryPoint;
    private long syncedEndOffset;
    private long writtenEndOffset;
    private long logEndOffset;

    LogOffsets(long logStartOffset, long endOffset) {
        this.logStartOffset = logStartOffset;
        this.highWatermark = logStartOffset;
        this.recoveryPoint = endOffset;
        this.syncedEndOffset = endOffset;
        this.writtenEndOffset = endOffset;
        this.logEndOffset = endOffset;
        checkOrder();
    }

    long logStartOffset() {
        return logStartOffset;
    }

    /// Equal to the high watermark as long as no transaction can be open.
    long lastStableOffset() {
        return highWatermark;
    }

    long highWatermark() {
        return highWatermark;
    }

    long recoveryPoint() {
        return recoveryPoint;
    }

    long syncedEndOffset() {
        return syncedEndOffset;
    }

    long writtenEndOffset() {
        return writtenEndOffset;
    }

    long logEndOffset() {
        return logEndOffset;
    }

    void planned(long endOffset) {
        Invariant.check(endOffset > logEndOffset, "the log end moves forward", logEndOffset, endOffset);
        logEndOffset = endOffset;
        checkOrder();
    }

    void written(long endOffset) {
        Invariant.check(endOffset > writtenEndOffset, "the written end moves forward", writtenEndOffset, endOffset);
        writtenEndOffset = endOffset;
        checkOrder();
    }

    /// True when the synced end has moved.
    boolean synced(long endOffset) {
        if (endOffset <= syncedEndOffset) {
            return false;
        }
        syncedEndOffset = endOffset;
        checkOrder();
        return true;
    }

    void advanceHighWatermark(long offset) {
        Invariant.check(offset >= highWatermark, "the high watermark never goes back", highWatermark, offset);
        highWatermark = offset;
        checkOrder();
    }

    void advanceLogStart(long offset) {
        Invariant.check(offset >= logStartOffset, "the log start never goes back", logStartOffset, offset);
        logStartOffset = offset;
        checkOrder();
    }

    void advanceRecoveryPoint(long offset) {
        recoveryPoint = Math.max(recoveryPoint, offset);
        checkOrder();
    }

    private void checkOrder() {
        Invariant.check(
                0 <= logStartOffset
                        && logStartOffset <= highWatermark
                        && highWatermark <= writtenEndOffset
                        && writtenEndOffset <= logEndOffset
                        && recoveryPoint <= syncedEndOffset
                        && syncedEndOffset <= writtenEndOffset,
                "offsets out of order: " + this);
    }

    @Override
    public String toString() {
        return "logStartOffset=" + logStartOffset + " highWatermark=" + highWatermark + " recoveryPoint="
                + recoveryPoint
                + " syncedEndOffset=" + syncedEndOffset + " writtenEndOffset=" + writtenEndOffset + " logEndOffset="
                + logEndOffset;
    }
}
