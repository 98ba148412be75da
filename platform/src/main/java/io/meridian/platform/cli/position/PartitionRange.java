package io.meridian.platform.cli.position;

/// The records that a partition has.
///
/// @param logStartOffset the first one kept
/// @param endOffset behind the last one that consumers may see
public record PartitionRange(long logStartOffset, long endOffset) {
    /// How many offsets there are between; fewer records if some were compacted away.
    public long count() {
        return endOffset - logStartOffset;
    }

    /// The nearest offset within.
    public long clamp(long offset) {
        return Math.max(logStartOffset, Math.min(endOffset, offset));
    }
}
