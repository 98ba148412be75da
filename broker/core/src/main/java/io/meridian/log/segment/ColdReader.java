package io.meridian.log.segment;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import org.jspecify.annotations.Nullable;

/// Reads a range of a segment on a disk thread: brings it into the page cache and checks the CRC of every batch.
///
/// @param limit bytes that were in the file when the job was made
/// @param from where the loop's index says to begin; -1 when the indexes are not in memory
public record ColdReader(
        LogStorage storage,
        String directory,
        SegmentFile file,
        long baseOffset,
        long endOffset,
        long limit,
        long from,
        long targetOffset,
        int wantedBytes,
        boolean allowsGaps,
        int indexIntervalBytes) {
    /// Not more at once, so that what is read is still hot when it is used.
    private static final int WANTED_BYTES_MAX = 8 << 20;

    public ColdReadResult read() throws StorageFault {
        IndexBuilder indexes = from >= 0 ? null : IndexFiles.load(storage, directory, baseOffset, limit, endOffset);
        long start = indexes != null ? indexes.offsets().positionFloor(targetOffset) : Math.max(0, from);
        boolean isLie = from < 0 && indexes == null;
        if (!isLie && start > 0 && !isTrue(start)) {
            isLie = true;
        }
        if (isLie) {
            indexes = IndexFiles.rebuild(file, baseOffset, limit, indexIntervalBytes);
            start = indexes.offsets().positionFloor(targetOffset);
        }
        return verify(start, indexes);
    }

    /// True when a batch begins at `start` that does not lie behind the target.
    private boolean isTrue(long start) throws StorageFault {
        BatchScanner scanner = new BatchScanner(file, start, limit, false);
        return scanner.next() == BatchScanner.Step.BATCH
                && scanner.batch().baseOffset() >= baseOffset
                && scanner.batch().baseOffset() <= targetOffset;
    }

    private ColdReadResult verify(long start, @Nullable IndexBuilder indexes) throws StorageFault {
        BatchScanner scanner = new BatchScanner(file, start, limit, true);
        long stop = Long.MAX_VALUE;
        long behind = baseOffset;
        boolean isFirst = start > 0;
        BatchScanner.Step step = scanner.next();
        while (step == BatchScanner.Step.BATCH) {
            RecordBatchView batch = scanner.batch();
            boolean isInPlace = (allowsGaps || isFirst) ? batch.baseOffset() >= behind : batch.baseOffset() == behind;
            if (!isInPlace || batch.lastOffset() >= endOffset) {
                return new ColdReadResult(
                        start,
                        scanner.position(),
                        file.path() + " at position " + scanner.position() + ": offsets " + batch.baseOffset() + " to "
                                + batch.lastOffset() + " expected between " + behind + " and " + (endOffset - 1),
                        nextKnown(scanner.position(), indexes),
                        indexes,
                        limit);
            }
            isFirst = false;
            behind = batch.lastOffset() + 1;
            if (stop == Long.MAX_VALUE && batch.lastOffset() >= targetOffset) {
                stop = scanner.position() + Math.clamp(wantedBytes, 1, WANTED_BYTES_MAX);
            }
            if (scanner.endPosition() >= stop) {
                return new ColdReadResult(start, scanner.endPosition(), null, 0, indexes, limit);
            }
            step = scanner.next();
        }
        long position = scanner.position();
        return switch (step) {
            case END, BATCH -> new ColdReadResult(start, limit, null, 0, indexes, limit);
            case BAD_CRC ->
                new ColdReadResult(start, position, scanner.describe(null), scanner.endPosition(), indexes, limit);
            case BROKEN ->
                new ColdReadResult(
                        start, position, scanner.describe(null), nextKnown(position, indexes), indexes, limit);
        };
    }

    private long nextKnown(long position, @Nullable IndexBuilder indexes) {
        long next = indexes == null ? -1 : indexes.offsets().nextPosition(position);
        return next < 0 ? limit : next;
    }
}
