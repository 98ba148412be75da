package io.meridian.log.segment;

import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.state.ProducerStates;
import io.meridian.log.storage.SegmentFile;
import java.util.List;

/// A log as opening found it or left it. Except for a new one, all of it is durable.
///
/// @param segments oldest first, at least one
/// @param endOffset behind the last batch
/// @param snapshotOffset the offset of the newest usable snapshot file, -1 when there is none
/// @param persistedEpochs what the epoch file holds
/// @param unsynced files of a new log that are still to be forced, and then closed
public record RecoveredLog(
        List<RecoveredSegment> segments,
        long logStartOffset,
        long endOffset,
        ProducerStates producers,
        LeaderEpochs epochs,
        long snapshotOffset,
        List<LeaderEpochs.Entry> persistedEpochs,
        List<SegmentFile> unsynced,
        RecoveryReport report) {
    /// True when every file beside the log is in order, as a clean close leaves it.
    public boolean isUntouched() {
        return !report.isNew() && report.scannedBytes() == 0 && report.notes().isEmpty() && snapshotOffset == endOffset;
    }
}
