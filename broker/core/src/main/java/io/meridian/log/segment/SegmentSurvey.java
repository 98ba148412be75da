package io.meridian.log.segment;

import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at one segment when its log is opened, and changes nothing.
///
/// Two ways: [#skim] believes the bytes and only finds the end, from the last index entry on; [#scan] checks every
/// batch from the recovery point on.
final class SegmentSurvey {
    private static final int WINDOW_BYTES = 1 << 20;

    private final RecoveryInput input;
    private final long baseOffset;
    private final long nextBase;
    private final SegmentFile file;
    private final long sizeBytes;
    private final ByteRanges verified = new ByteRanges();
    private IndexBuilder indexes;
    private boolean areIndexesWhole;
    private long firstTimestampMs = -1;
    private int leaderEpoch;
    private long endOffset;
    private long startPosition;
    private long endPosition;
    private long scannedBytes;
    private boolean isRoomBehind;
    private @Nullable String cutReason;
    private @Nullable String damage;
    private final List<String> notes = new ArrayList<>();

    /// @param nextBase where the next segment begins, [Long#MAX_VALUE] for the last one
    /// @param leaderEpoch of the last batch before this segment, -1 when there is none
    SegmentSurvey(RecoveryInput input, long baseOffset, long nextBase, SegmentFile file, int leaderEpoch) {
        this.input = input;
        this.baseOffset = baseOffset;
        this.nextBase = nextBase;
        this.file = file;
        this.sizeBytes = file.sizeBytes();
        this.indexes = new IndexBuilder(baseOffset);
        this.endOffset = baseOffset;
        this.leaderEpoch = leaderEpoch;
    }

    /// Finds the end of a segment whose bytes are all believed to be durable. Where it ends is known: at the next
    /// segment, or, of a log that was closed in order, at the checkpoint. What follows is a tail that an earlier
    /// recovery had cut and that came back, because the device lost the cut after it had failed to force it.
    void skim() throws StorageFault {
        boolean isCleanEnd = input.isClean() && nextBase == Long.MAX_VALUE;
        walk(startAt(Long.MAX_VALUE), isCleanEnd ? input.recoveryPoint() : Long.MAX_VALUE, false);
    }

    /// Checks every batch from the last index entry below `recoveryPoint` on. What is broken at or above the
    /// recovery point is to be cut; below it is damage.
    void scan(long recoveryPoint) throws StorageFault {
        walk(recoveryPoint > baseOffset ? startAt(recoveryPoint) : 0, recoveryPoint, true);
    }

    /// The position of the last index entry at or below `offset` that names a batch, with the entries above it taken
    /// out; 0 with no entries when the index is missing or lies.
    private long startAt(long offset) throws StorageFault {
        IndexBuilder loaded =
                IndexFiles.load(input.storage(), input.directory(), baseOffset, sizeBytes, Math.max(nextBase, 1));
        if (loaded != null) {
            long start = loaded.offsets().positionFloor(offset);
            BatchScanner probe = new BatchScanner(file, start, sizeBytes, false);
            if (start == 0) {
                return 0;
            }
            if (probe.next() == BatchScanner.Step.BATCH
                    && probe.batch().baseOffset() > baseOffset
                    && probe.batch().baseOffset() <= offset) {
                long first = probe.batch().baseOffset();
                indexes = loaded.cutAt(start, first);
                areIndexesWhole = true;
                endOffset = first;
                return start;
            }
        }
        if (loaded != null || sizeBytes > RecoveredLog.REPLAYED_GLADLY_BYTES || areIndexesThere()) {
            notes.add("indexes of segment " + baseOffset + " rebuilt");
        }
        return 0;
    }

    private boolean areIndexesThere() throws StorageFault {
        return sizeBytes > 0
                && (input.storage().exists(SegmentNames.of(input.directory(), baseOffset, SegmentNames.INDEX))
                        || input.storage()
                                .exists(SegmentNames.of(input.directory(), baseOffset, SegmentNames.TIME_INDEX)));
    }

    private void walk(long start, long trustedBelow, boolean checksCrc) throws StorageFault {
        BatchScanner scanner = new BatchScanner(file, start, sizeBytes, checksCrc);
        startPosition = start;
        endPosition = start;
        boolean isExact = !input.allowsGaps();
        BatchScanner.Step step = scanner.next();
        while (step != BatchScanner.Step.END) {
            String problem = step == BatchScanner.Step.BROKEN ? scanner.problem() : misplaced(scanner.batch(), isExact);
            if (problem == null && step == BatchScanner.Step.BAD_CRC && endOffset >= trustedBelow) {
                problem = scanner.problem();
            }
            if (problem != null) {
                stop(scanner, problem, trustedBelow);
                return;
            }
            take(scanner, step);
            isExact = !input.allowsGaps() && step == BatchScanner.Step.BATCH;
            step = scanner.next();
        }
        isRoomBehind = scanner.isRoomBehind();
    }

    private @Nullable String misplaced(RecordBatchView batch, boolean isExact) {
        boolean isInPlace = isExact ? batch.baseOffset() == endOffset : batch.baseOffset() >= endOffset;
        if (isInPlace && batch.partitionLeaderEpoch() < leaderEpoch) {
            return "a batch of leader epoch " + batch.partitionLeaderEpoch() + " behind one of " + leaderEpoch
                    + ": it was cut before and came back";
        }
        if (isInPlace && batch.lastOffset() < nextBase) {
            return null;
        }
        return "offsets " + batch.baseOffset() + " to " + batch.lastOffset() + " found where " + endOffset
                + " is expected" + (nextBase == Long.MAX_VALUE ? "" : ", below " + nextBase);
    }

    private void take(BatchScanner scanner, BatchScanner.Step step) {
        RecordBatchView batch = scanner.batch();
        if (scanner.position() == 0) {
            firstTimestampMs = batch.maxTimestampMs();
        }
        scannedBytes += batch.sizeBytes();
        if (step == BatchScanner.Step.BATCH) {
            verified.add(scanner.position(), scanner.endPosition());
            indexes.add(
                    batch.lastOffset(),
                    batch.maxTimestampMs(),
                    (int) scanner.position(),
                    batch.sizeBytes(),
                    input.indexIntervalBytes());
            endOffset = batch.lastOffset() + 1;
            leaderEpoch = batch.partitionLeaderEpoch();
        } else {
            notes.add(scanner.describe(null) + "; it will not be served");
            endOffset = batch.baseOffset() + 1;
        }
        endPosition = scanner.endPosition();
    }

    private void stop(BatchScanner scanner, String problem, long trustedBelow) {
        String text = file.path() + " at position " + scanner.position() + ": " + problem;
        if (endOffset >= nextBase) {
            notes.add("cut once more: " + text + ", behind the last batch of the segment");
        } else if (endOffset < trustedBelow) {
            damage = text + "; offsets below " + (input.isClean() ? "the clean end" : "recovery point " + trustedBelow)
                    + " were durable";
        } else {
            cutReason = text;
        }
    }

    /// What makes the segment unusable; null when nothing does.
    @Nullable
    String damage() {
        return damage;
    }

    /// Why the segment is to be cut at [#endPosition()]; null when it is whole.
    @Nullable
    String cutReason() {
        return cutReason;
    }

    long baseOffset() {
        return baseOffset;
    }

    /// Of the last good batch.
    int leaderEpoch() {
        return leaderEpoch;
    }

    SegmentFile file() {
        return file;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// Whether nothing but room for appends follows the last batch.
    boolean isRoomBehind() {
        return isRoomBehind;
    }

    /// Behind the last good batch.
    long endOffset() {
        return endOffset;
    }

    /// Behind the last good batch.
    long endPosition() {
        return endPosition;
    }

    /// Writes what the walk found good once more, so that the next force writes it: a failed force of an earlier
    /// process may have left pages that are readable, count as clean and are not on the device.
    void writeAgain() throws StorageFault {
        int windowBytes = (int) Math.min(WINDOW_BYTES, endPosition - startPosition);
        ByteBuffer window = ByteBuffer.allocate(windowBytes);
        long at = startPosition;
        while (at < endPosition) {
            window.clear().limit((int) Math.min(windowBytes, endPosition - at));
            int count = file.read(at, window);
            if (count == 0) {
                throw new StorageFault(
                        StorageFault.Kind.CORRUPT, file.path(), "it became shorter while it was recovered");
            }
            file.write(at, window.flip());
            at += count;
        }
    }

    long scannedBytes() {
        return scannedBytes;
    }

    IndexBuilder indexes() {
        return indexes;
    }

    /// True when the indexes were found in their files; false when they were built here.
    boolean areIndexesWhole() {
        return areIndexesWhole;
    }

    List<String> notes() {
        return notes;
    }

    /// @param keepsIndexes the segment takes appends, or its indexes are not in their files
    /// @param isVerified the walk checked CRCs
    RecoveredSegment recovered(boolean keepsIndexes, boolean isVerified, boolean isSealed) throws StorageFault {
        if (firstTimestampMs < 0 && endPosition > 0) {
            BatchScanner first = new BatchScanner(file, 0, endPosition, false);
            if (first.next() == BatchScanner.Step.BATCH) {
                firstTimestampMs = first.batch().maxTimestampMs();
            }
        }
        return new RecoveredSegment(
                baseOffset,
                file,
                endPosition,
                endOffset,
                firstTimestampMs,
                indexes.maxTimestampMs(),
                indexes.maxTimestampOffset(),
                keepsIndexes ? indexes : null,
                isVerified ? verified.ranges() : List.of(),
                isSealed);
    }
}
