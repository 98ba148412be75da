package io.meridian.protocol.record;

/// How much of a client's batch is looked at before it is stored.
public enum BatchValidation {
    /// The header of every batch and the records of uncompressed ones; compressed batches are opened only where a
    /// rule needs their records (compacted topics).
    RELAXED,
    /// Every record of every batch, as Apache Kafka does.
    STRICT
}
