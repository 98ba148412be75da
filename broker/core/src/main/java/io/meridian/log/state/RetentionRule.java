package io.meridian.log.state;

import java.util.List;

/// Which segments of a log are due for deletion: by the age of their newest record, by the size of the log, both
/// together. A segment goes whole or stays whole, the oldest first, and none goes that holds an offset at or above
/// the high watermark. The last segment goes by age alone or by size alone like any other; the log then needs a new
/// one.
///
/// A timestamp in the future keeps its segment, and with it everything behind.
///
/// @param retentionMs a segment is due when its newest record is older; negative for no limit
/// @param retentionBytes the oldest segments are due whose bytes the log has above this; negative for no limit
public record RetentionRule(long retentionMs, long retentionBytes) {
    /// Nothing is ever due.
    public static final RetentionRule KEEP_ALL = new RetentionRule(-1L, -1L);

    /// What the rule needs to know of a segment.
    ///
    /// @param endOffset where the next segment begins, or the log ends
    /// @param newestMs the largest timestamp; where no record has one, the time of the last append
    public record Candidate(long endOffset, long sizeBytes, long newestMs) {}

    /// How many of `segments`, oldest first, are due.
    public int dueCount(List<Candidate> segments, long highWatermark, long nowMs) {
        if (retentionMs < 0 && retentionBytes < 0) {
            return 0;
        }
        long excessBytes = excessBytes(segments);
        int due = 0;
        for (Candidate segment : segments) {
            boolean isEmptyEnd = due == segments.size() - 1 && segment.sizeBytes() == 0;
            if (isEmptyEnd || segment.endOffset() > highWatermark) {
                break;
            }
            if (segment.sizeBytes() > excessBytes && !isTooOld(segment, nowMs)) {
                break;
            }
            excessBytes -= segment.sizeBytes();
            due++;
        }
        return due;
    }

    private long excessBytes(List<Candidate> segments) {
        if (retentionBytes < 0) {
            return -1;
        }
        long excess = -retentionBytes;
        for (Candidate segment : segments) {
            excess += segment.sizeBytes();
        }
        return excess;
    }

    private boolean isTooOld(Candidate segment, long nowMs) {
        if (retentionMs < 0) {
            return false;
        }
        return segment.sizeBytes() == 0 || nowMs - segment.newestMs() > retentionMs;
    }
}
