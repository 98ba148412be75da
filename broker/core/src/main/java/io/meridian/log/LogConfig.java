package io.meridian.log;

import io.meridian.log.state.RetentionRule;
import io.meridian.protocol.record.BatchRules;
import io.meridian.protocol.record.BatchValidation;
import java.util.function.Consumer;

/// The settings of one log.
///
/// @param segmentBytes a segment is closed before it grows beyond this
/// @param segmentMs a segment is closed when records are this much younger than its first
/// @param segmentJitterMs subtracted from `segmentMs`, so that segments of many logs do not close at once
/// @param indexIntervalBytes log bytes between two index entries
/// @param segmentIndexBytes largest offset index; a full one closes the segment
/// @param maxMessageBytes largest batch of a client
/// @param compacted records need keys, and offsets may have gaps
/// @param logAppendTime the broker sets timestamps
/// @param producerIdExpirationMs a producer id is forgotten this long after its last append
/// @param maintenanceIntervalMs between two rounds of persisting what recovery could otherwise rebuild
/// @param retention which segments are deleted
/// @param deletable a client may have records deleted up to an offset: the topic is not compacted alone
public record LogConfig(
        int segmentBytes,
        long segmentMs,
        long segmentJitterMs,
        int indexIntervalBytes,
        int segmentIndexBytes,
        int maxMessageBytes,
        FlushPolicy flushPolicy,
        boolean compacted,
        boolean logAppendTime,
        long timestampBeforeMaxMs,
        long timestampAfterMaxMs,
        BatchValidation batchValidation,
        long producerIdExpirationMs,
        long maintenanceIntervalMs,
        RetentionRule retention,
        boolean deletable) {
    /// Apache Kafka's defaults, with synced acknowledgement.
    public static final LogConfig DEFAULT = new LogConfig(
            1 << 30,
            7L * 24 * 3600 * 1000,
            0L,
            4096,
            10 << 20,
            1_048_588,
            FlushPolicy.ACK,
            false,
            false,
            Long.MAX_VALUE,
            3_600_000L,
            BatchValidation.RELAXED,
            24L * 3600 * 1000,
            60_000L,
            new RetentionRule(7L * 24 * 3600 * 1000, -1L),
            true);

    /// What a client's batch is checked against.
    public BatchRules batchRules() {
        return new BatchRules(
                maxMessageBytes,
                segmentBytes,
                compacted,
                logAppendTime,
                timestampBeforeMaxMs,
                timestampAfterMaxMs,
                batchValidation);
    }

    public LogConfig withSegmentBytes(int value) {
        return changed(draft -> draft.segmentBytes = value);
    }

    public LogConfig withIndexIntervalBytes(int value) {
        return changed(draft -> draft.indexIntervalBytes = value);
    }

    public LogConfig withSegmentIndexBytes(int value) {
        return changed(draft -> draft.segmentIndexBytes = value);
    }

    public LogConfig withFlushPolicy(FlushPolicy value) {
        return changed(draft -> draft.flushPolicy = value);
    }

    public LogConfig withLogAppendTime(boolean value) {
        return changed(draft -> draft.logAppendTime = value);
    }

    public LogConfig withRetention(RetentionRule value) {
        return changed(draft -> draft.retention = value);
    }

    private LogConfig changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.config();
    }

    /// The components that copies differ in, open for one change.
    private static final class Draft {
        private final LogConfig base;
        private int segmentBytes;
        private int indexIntervalBytes;
        private int segmentIndexBytes;
        private FlushPolicy flushPolicy;
        private boolean logAppendTime;
        private RetentionRule retention;

        Draft(LogConfig base) {
            this.base = base;
            this.segmentBytes = base.segmentBytes();
            this.indexIntervalBytes = base.indexIntervalBytes();
            this.segmentIndexBytes = base.segmentIndexBytes();
            this.flushPolicy = base.flushPolicy();
            this.logAppendTime = base.logAppendTime();
            this.retention = base.retention();
        }

        LogConfig config() {
            return new LogConfig(
                    segmentBytes,
                    base.segmentMs(),
                    base.segmentJitterMs(),
                    indexIntervalBytes,
                    segmentIndexBytes,
                    base.maxMessageBytes(),
                    flushPolicy,
                    base.compacted(),
                    logAppendTime,
                    base.timestampBeforeMaxMs(),
                    base.timestampAfterMaxMs(),
                    base.batchValidation(),
                    base.producerIdExpirationMs(),
                    base.maintenanceIntervalMs(),
                    retention,
                    base.deletable());
        }
    }
}
