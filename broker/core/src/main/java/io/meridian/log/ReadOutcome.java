package io.meridian.log;

import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.StorageJob;

/// What a read found.
public sealed interface ReadOutcome {
    /// Verified bytes: whole batches from the one that contains the asked offset on, the last of them possibly cut.
    record Slice(FetchedSlice records) implements ReadOutcome {}

    /// There is nothing below the bound yet, or not even the first batch fits and none was demanded.
    record Nothing() implements ReadOutcome {}

    /// The offset is below the start or above the end of the log.
    record OutOfRange() implements ReadOutcome {}

    /// The bytes are not verified or not in memory: run the job, then read again.
    record Cold(StorageJob job) implements ReadOutcome {}

    /// The bytes are not what was written; they are never served. The same answer comes until the log is recovered.
    record Damaged(String detail) implements ReadOutcome {}
}
