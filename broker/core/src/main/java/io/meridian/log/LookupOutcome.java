package io.meridian.log;

/// The answer to an [OffsetLookup].
public sealed interface LookupOutcome {
    record Found(long timestampMs, long offset, int leaderEpoch) implements LookupOutcome {}

    record NotFound() implements LookupOutcome {}

    /// The log could not be read where the answer lies.
    record Failed(String detail) implements LookupOutcome {}
}
