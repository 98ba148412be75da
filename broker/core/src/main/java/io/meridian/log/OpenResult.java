package io.meridian.log;

import io.meridian.log.segment.RecoveryReport;
import io.meridian.log.storage.StorageFault;

/// What opening a log came to.
public sealed interface OpenResult {
    record Opened(PartitionLog log, RecoveryReport report) implements OpenResult {}

    /// Bytes that were durable are missing or wrong. Nothing was changed.
    ///
    /// @param reason names file, position, what was expected and what was found
    record Damaged(String reason) implements OpenResult {}

    record Faulted(StorageFault fault) implements OpenResult {}
}
