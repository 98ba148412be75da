package io.meridian.log;

/// A question about timestamps. Only records below the bound count.
public sealed interface OffsetLookup {
    ReadBound bound();

    /// The first record, in offset order, that is not older than `timestampMs`.
    record AtOrAfter(long timestampMs, ReadBound bound) implements OffsetLookup {}

    /// The first record with the largest timestamp of the log.
    record MaxTimestamp(ReadBound bound) implements OffsetLookup {}
}
