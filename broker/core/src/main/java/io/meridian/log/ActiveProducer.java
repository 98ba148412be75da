package io.meridian.log;

/// A producer that a log remembers.
///
/// @param lastSequence of its last batch; -1 when the log keeps none of its epoch
/// @param lastTimestampMs of its last batch; -1 when the log keeps none of its epoch
public record ActiveProducer(long producerId, short producerEpoch, int lastSequence, long lastTimestampMs) {}
