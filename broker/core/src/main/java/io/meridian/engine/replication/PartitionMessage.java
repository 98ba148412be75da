package io.meridian.engine.replication;

import io.meridian.engine.effect.NodeMessage;
import io.meridian.protocol.wire.Lease;
import java.nio.ByteBuffer;
import java.util.List;

/// What a node asks of the node that owns some partitions. Each names the asking node and its operation; the owner
/// answers with a [PartitionAnswer] for all partitions of the message together, except to waits.
public sealed interface PartitionMessage extends NodeMessage {
    int originNode();

    long operationId();

    /// Append one batch to each of some partitions.
    ///
    /// @param acks -1, 0 or 1; the answer comes when all appends reached what it asks for, at once for 0
    /// @param deadlineNs monotonic moment after which the unfinished appends are answered REQUEST_TIMED_OUT
    /// @param frame the memory of the batches, retained by the owner until they are written
    record AppendBatches(
            int originNode, long operationId, short acks, long deadlineNs, Lease frame, List<PartitionAppend> appends)
            implements PartitionMessage {}

    /// @param slot where the asking operation keeps the result
    /// @param batch the produced bytes, patched in place
    record PartitionAppend(int slot, TopicIdPartition partition, ByteBuffer batch) {}

    /// Read from each of some partitions, in service order, up to `maxBytes` together.
    ///
    /// @param atLeastOneBatch the first partition with data returns a whole batch even above the limits
    record ReadPartitions(
            int originNode,
            long operationId,
            int maxBytes,
            boolean readCommitted,
            boolean atLeastOneBatch,
            List<PartitionRead> reads)
            implements PartitionMessage {}

    /// @param currentLeaderEpoch the epoch the client believes in, or -1
    /// @param lastFetchedEpoch the epoch of the client's last record, or -1
    record PartitionRead(
            int slot,
            TopicIdPartition partition,
            long fetchOffset,
            int currentLeaderEpoch,
            int lastFetchedEpoch,
            int maxBytes) {}

    /// Say [PartitionAnswer.PartitionsAdvanced] once, as soon as one of the partitions has something beyond what the
    /// asking operation has seen.
    record AwaitPartitions(int originNode, long operationId, boolean readCommitted, List<PartitionWait> waits)
            implements PartitionMessage {}

    /// @param seen the readable end, leader state and log start that the operation was answered with
    record PartitionWait(TopicIdPartition partition, ReadableState seen) {}

    /// Forget the waits of an operation; no answer.
    record ForgetWaits(int originNode, long operationId, List<TopicIdPartition> partitions)
            implements PartitionMessage {}

    /// Find an offset in each of some partitions.
    record LookupOffsets(int originNode, long operationId, boolean readCommitted, List<PartitionLookup> lookups)
            implements PartitionMessage {}

    /// @param currentLeaderEpoch the epoch the client believes in, or -1
    record PartitionLookup(int slot, TopicIdPartition partition, int currentLeaderEpoch, OffsetQuestion question) {}

    /// The offsets a client may ask for.
    sealed interface OffsetQuestion {
        /// The end of what the client may read.
        record Latest() implements OffsetQuestion {}

        /// The first offset kept.
        record Earliest() implements OffsetQuestion {}

        /// The first record, in offset order, that is not older than `timestampMs`.
        record AtOrAfter(long timestampMs) implements OffsetQuestion {}

        /// The first record with the largest timestamp.
        record MaxTimestamp() implements OffsetQuestion {}

        /// An offset of a tier that does not exist here.
        record InAnotherTier() implements OffsetQuestion {}
    }

    /// Delete the records of each of some partitions before an offset.
    ///
    /// @param deadlineNs monotonic moment after which the unfinished deletions are answered REQUEST_TIMED_OUT
    record TrimPartitions(int originNode, long operationId, long deadlineNs, List<PartitionTrim> trims)
            implements PartitionMessage {}

    /// @param offset the first one to keep; -1 for the high watermark
    record PartitionTrim(int slot, TopicIdPartition partition, long offset) {}

    /// Find the end of a leader epoch in each of some partitions.
    record LookupEpochs(int originNode, long operationId, List<EpochLookup> lookups) implements PartitionMessage {}

    record EpochLookup(int slot, TopicIdPartition partition, int currentLeaderEpoch, int leaderEpoch) {}

    /// Say [PartitionAnswer.PartitionsServe] once the metadata up to an offset has reached the owner and each of these
    /// partitions has been opened, has failed to, or is gone again.
    ///
    /// @param metadataOffset of the record that created the last of them, or a later one
    /// @param partitions those that the receiver owns; none when it is only asked for the metadata
    record AwaitServing(int originNode, long operationId, long metadataOffset, List<TopicIdPartition> partitions)
            implements PartitionMessage {}

    /// List the producers that some partitions remember.
    record ListProducers(int originNode, long operationId, List<PartitionProducers> asked)
            implements PartitionMessage {}

    record PartitionProducers(int slot, TopicIdPartition partition) {}

    /// Say how large the log of every partition is that the owner serves.
    ///
    /// @param withVolume whether the log directory's volume is measured too
    record MeasureLogs(int originNode, long operationId, boolean withVolume) implements PartitionMessage {}
}
