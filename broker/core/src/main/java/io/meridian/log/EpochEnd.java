package io.meridian.log;

/// Where a leader's reign ended in this log.
///
/// @param leaderEpoch the largest known epoch that is not above the one asked for, or -1
/// @param endOffset exclusive, or -1
public record EpochEnd(int leaderEpoch, long endOffset) {
    /// The log knows nothing about the epoch.
    public static final EpochEnd UNKNOWN = new EpochEnd(-1, -1L);
}
