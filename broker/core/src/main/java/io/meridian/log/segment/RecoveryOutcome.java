package io.meridian.log.segment;

/// What recovery came to.
public sealed interface RecoveryOutcome {
    record Recovered(RecoveredLog log) implements RecoveryOutcome {}

    /// Durable bytes are missing or wrong; nothing was changed.
    record Damaged(String reason) implements RecoveryOutcome {}
}
