package io.meridian.log;

import io.meridian.log.segment.BatchLocator;
import io.meridian.log.segment.ReadMemory;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.storage.LogStorage;

/// Finds the bytes for a read: slices of verified, hot ranges, or the job that makes them so.
final class LogReader {
    private static final ReadOutcome NOTHING = new ReadOutcome.Nothing();

    private final PartitionLog log;
    private final LogStorage storage;
    private final String directory;
    private final SegmentSet segments;
    private final BatchLocator locator;

    LogReader(PartitionLog log, LogStorage storage, String directory, SegmentSet segments, ReadMemory memory) {
        this.log = log;
        this.storage = storage;
        this.directory = directory;
        this.segments = segments;
        this.locator = new BatchLocator(memory);
    }

    /// Reads at an offset of the log, below `boundOffset`.
    ReadOutcome read(long fetchOffset, int maxBytes, boolean atLeastOneBatch, long boundOffset) {
        Segment segment = segments.floor(fetchOffset);
        BatchLocator.Place place = BatchLocator.Place.BEHIND_END;
        while (segment != null) {
            place = locator.find(segment, fetchOffset);
            if (place != BatchLocator.Place.BEHIND_END) {
                break;
            }
            segment = segments.after(segment);
        }
        if (segment == null) {
            return NOTHING;
        }
        return switch (place) {
            case FOUND -> slice(segment, fetchOffset, maxBytes, atLeastOneBatch, boundOffset);
            case COLD -> cold(segment, fetchOffset, maxBytes);
            case DAMAGED -> new ReadOutcome.Damaged(locator.detail());
            case BEHIND_END -> NOTHING;
        };
    }

    private ReadOutcome slice(
            Segment segment, long fetchOffset, int maxBytes, boolean atLeastOneBatch, long boundOffset) {
        long from = locator.positionBytes();
        int firstBytes = locator.sizeBytes();
        if (locator.lastOffset() >= boundOffset || (firstBytes > maxBytes && !atLeastOneBatch)) {
            return NOTHING;
        }
        long wanted = from + Math.max(maxBytes, firstBytes);
        long limit = segment.writtenBytes();
        if (boundOffset < segment.endOffset() && wanted > positionBelow(segment, boundOffset)) {
            BatchLocator.Place place = locator.find(segment, boundOffset);
            switch (place) {
                case FOUND -> limit = locator.positionBytes();
                case BEHIND_END -> limit = segment.writtenBytes();
                case COLD -> {
                    return cold(segment, boundOffset, firstBytes);
                }
                case DAMAGED -> limit = Math.min(wanted, locator.positionBytes());
            }
            if (place == BatchLocator.Place.DAMAGED && limit < from + firstBytes) {
                return new ReadOutcome.Damaged(locator.detail());
            }
        }
        long end = segment.servableEnd(from, Math.min(wanted, limit));
        if (end < from + firstBytes) {
            String damage = segment.damageAt(from);
            return damage != null ? new ReadOutcome.Damaged(damage) : cold(segment, fetchOffset, maxBytes);
        }
        segment.touch(from, end);
        return new ReadOutcome.Slice(segment.file().slice(from, (int) (end - from)));
    }

    /// A position that certainly lies at or below the batch with `offset`.
    private static long positionBelow(Segment segment, long offset) {
        var indexes = segment.indexes();
        return indexes == null ? 0 : indexes.offsets().positionFloor(offset);
    }

    private ReadOutcome cold(Segment segment, long fetchOffset, int maxBytes) {
        return new ReadOutcome.Cold(new ColdReadJob(
                storage,
                directory,
                segment,
                fetchOffset,
                maxBytes,
                log.config().compacted(),
                log.config().indexIntervalBytes()));
    }
}
