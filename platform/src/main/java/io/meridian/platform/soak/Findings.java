package io.meridian.platform.soak;

/// What reading one topic back has shown.
///
/// @param acknowledged records that the broker had promised when reading began
/// @param read records found
/// @param lost promised and not found
/// @param duplicated found again
/// @param reordered found for the first time after a later one of its stream
/// @param damaged found with a wrong checksum or in the wrong partition
/// @param misreported streams whose records are not at the offsets that were acknowledged; only checked for a stream
/// that
///     holds exactly what was acknowledged
/// @param firstProblem what and where the first of these was; empty if there is none
public record Findings(
        String topic,
        long acknowledged,
        long read,
        long lost,
        long duplicated,
        long reordered,
        long damaged,
        long misreported,
        String firstProblem) {

    /// Whether every promise was kept in this topic.
    public boolean clean() {
        return lost + duplicated + reordered + damaged + misreported == 0;
    }
}
