package io.meridian.log.segment;

import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.state.ProducerStates;
import java.util.List;

/// A log as opening found it or left it. All its batches are durable.
///
/// @param segments oldest first, at least one
/// @param endOffset behind the last batch
/// @param snapshotOffset the offset of the newest usable snapshot file, -1 when there is none
/// @param persistedEpochs what the epoch file holds
/// @param replayedBytes batches behind the snapshot, or the epoch file, that were read to know producers and epochs
/// @param areNamesPending whether the log can be found again after a power failure is not sure: it is empty, and the
///     first sync of its bytes takes care of it
/// @param unsynced paths of closed files of a new log that are still to be forced
public record RecoveredLog(
        List<RecoveredSegment> segments,
        long logStartOffset,
        long endOffset,
        ProducerStates producers,
        LeaderEpochs epochs,
        long snapshotOffset,
        List<LeaderEpochs.Entry> persistedEpochs,
        boolean areNamesPending,
        List<String> unsynced,
        long replayedBytes,
        RecoveryReport report) {
    /// A clean close leaves no files beside the log for so few bytes: reading them again costs less.
    public static final long REPLAYED_GLADLY_BYTES = 64L << 10;

    /// True when every file beside the log is in order, as a clean close leaves it.
    public boolean isUntouched() {
        return !report.isNew()
                && report.scannedBytes() == 0
                && report.notes().isEmpty()
                && replayedBytes <= REPLAYED_GLADLY_BYTES;
    }
}
