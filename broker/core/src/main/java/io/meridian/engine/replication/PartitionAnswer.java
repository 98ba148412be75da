package io.meridian.engine.replication;

import io.meridian.engine.effect.NodeMessage;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.record.RecordRefusal;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the owner of some partitions answers to the operation that asked.
public sealed interface PartitionAnswer extends NodeMessage {
    long operationId();

    record AppendsDone(long operationId, List<AppendResult> results) implements PartitionAnswer {}

    /// @param baseOffset of the appended batch, or of its original when it is a duplicate; -1 with an error
    /// @param logAppendTimeMs -1 unless the topic stamps records on append
    record AppendResult(
            int slot,
            ErrorCode error,
            @Nullable String detail,
            long baseOffset,
            long logAppendTimeMs,
            long logStartOffset,
            List<RecordRefusal> recordRefusals) {
        public static AppendResult refused(int slot, ErrorCode error, @Nullable String detail) {
            return new AppendResult(slot, error, detail, -1L, -1L, -1L, List.of());
        }
    }

    record ReadsDone(long operationId, List<ReadResult> results) implements PartitionAnswer {}

    /// @param records a counted slice that the receiver must send or release; null when there is nothing to read
    /// @param diverging where the client's history leaves this one; null when it does not
    /// @param state what was readable when this was answered
    record ReadResult(
            int slot,
            ErrorCode error,
            long highWatermark,
            long lastStableOffset,
            long logStartOffset,
            int leaderEpoch,
            @Nullable FetchedSlice records,
            @Nullable EpochEnd diverging,
            ReadableState state) {
        static ReadResult refused(int slot, ErrorCode error, ReadableState state) {
            return new ReadResult(slot, error, -1L, -1L, -1L, -1, null, null, state);
        }

        /// What goes into the response: the records, or nothing.
        public Payload payload() {
            return records == null ? BufferPayload.EMPTY : records;
        }

        public int sizeInBytes() {
            return records == null ? 0 : records.sizeInBytes();
        }

        /// The same without its slice, which somebody else has taken or released.
        public ReadResult withoutRecords() {
            return records == null
                    ? this
                    : new ReadResult(
                            slot,
                            error,
                            highWatermark,
                            lastStableOffset,
                            logStartOffset,
                            leaderEpoch,
                            null,
                            diverging,
                            state);
        }

        public void release() {
            if (records != null) {
                records.release();
            }
        }
    }

    /// @param endOffset exclusive end of the epoch
    record EpochEnd(int leaderEpoch, long endOffset) {}

    record PartitionsAdvanced(long operationId) implements PartitionAnswer {}

    record OffsetsFound(long operationId, List<OffsetResult> results) implements PartitionAnswer {}

    record OffsetResult(int slot, ErrorCode error, long timestampMs, long offset, int leaderEpoch) {
        static OffsetResult refused(int slot, ErrorCode error) {
            return new OffsetResult(slot, error, -1L, -1L, -1);
        }
    }

    record PartitionsTrimmed(long operationId, List<TrimResult> results) implements PartitionAnswer {}

    /// @param lowWatermark the first offset kept; -1 with an error
    record TrimResult(int slot, ErrorCode error, long lowWatermark) {
        public static TrimResult refused(int slot, ErrorCode error) {
            return new TrimResult(slot, error, -1L);
        }
    }

    record EpochsFound(long operationId, List<EpochResult> results) implements PartitionAnswer {}

    record EpochResult(int slot, ErrorCode error, int leaderEpoch, long endOffset) {}

    record PartitionsServe(long operationId) implements PartitionAnswer {}

    /// @param lastSequence of its last batch; -1 when none of its epoch is kept
    /// @param lastTimestampMs of its last batch; -1 when none of its epoch is kept
    record KnownProducer(long producerId, short producerEpoch, int lastSequence, long lastTimestampMs) {}

    record ProducersListed(long operationId, List<ProducersResult> results) implements PartitionAnswer {}

    record ProducersResult(int slot, ErrorCode error, List<KnownProducer> producers) {
        public static ProducersResult refused(int slot, ErrorCode error) {
            return new ProducersResult(slot, error, List.of());
        }
    }

    /// @param volume null when it was not asked for
    record LogsMeasured(
            long operationId, List<LogSize> logs, @Nullable MeasuredVolume volume) implements PartitionAnswer {}

    record LogSize(String topic, int partition, long sizeBytes) {}

    /// @param location the log directory, for people
    /// @param totalBytes of the volume; -1 when it cannot be asked
    /// @param usableBytes of the volume; -1 when it cannot be asked
    record MeasuredVolume(String location, ErrorCode error, long totalBytes, long usableBytes) {}
}
