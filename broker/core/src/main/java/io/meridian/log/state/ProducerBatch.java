package io.meridian.log.state;

/// One of the last batches of a producer, by which a retry of it is recognised.
///
/// @param lastSequence smaller than `firstSequence` when sequences wrapped inside the batch
/// @param timestampMs the batch's maximum timestamp
public record ProducerBatch(
        short producerEpoch, int firstSequence, int lastSequence, long baseOffset, long lastOffset, long timestampMs) {}
