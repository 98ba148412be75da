package io.meridian.log.segment;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.Compression;
import io.meridian.protocol.record.Inflation;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.record.RecordCursor;
import io.meridian.protocol.record.TimestampType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for the first record that is not older than a timestamp, in the segments that may hold it.
public final class TimestampSearch {
    /// @param offset -1 when there is no such record
    public record Result(long timestampMs, long offset, int leaderEpoch) {}

    /// @param from where to begin; -1 when the indexes have to be loaded
    private record Candidate(SegmentFile file, long baseOffset, long endOffset, long limit, long from) {}

    private static final Result NONE = new Result(-1, -1, -1);
    private static final int INFLATED_BYTES_MAX = 256 << 20;

    private final LogStorage storage;
    private final String directory;
    private final long timestampMs;
    private final long logStartOffset;
    private final long boundOffset;
    private final List<Candidate> candidates = new ArrayList<>();

    /// @param boundOffset only records below it count
    public TimestampSearch(
            LogStorage storage, String directory, long timestampMs, long logStartOffset, long boundOffset) {
        this.storage = storage;
        this.directory = directory;
        this.timestampMs = timestampMs;
        this.logStartOffset = logStartOffset;
        this.boundOffset = boundOffset;
    }

    /// Adds a segment to search, oldest first; on the loop.
    public void add(Segment segment) {
        IndexBuilder indexes = segment.indexes();
        candidates.add(new Candidate(
                segment.file(),
                segment.baseOffset(),
                segment.endOffset(),
                segment.writtenBytes(),
                indexes == null ? -1 : start(indexes)));
    }

    private long start(IndexBuilder indexes) {
        return indexes.offsets().positionFloor(indexes.times().offsetBefore(timestampMs));
    }

    /// Searches; off the loop.
    public Result run() throws StorageFault {
        for (Candidate candidate : candidates) {
            if (candidate.baseOffset() >= boundOffset) {
                return NONE;
            }
            Result found = search(candidate);
            if (found != null) {
                return found.offset() < boundOffset ? found : NONE;
            }
        }
        return NONE;
    }

    private @Nullable Result search(Candidate candidate) throws StorageFault {
        long from = candidate.from();
        if (from < 0) {
            IndexBuilder loaded = IndexFiles.load(
                    storage, directory, candidate.baseOffset(), candidate.limit(), candidate.endOffset());
            from = loaded == null ? 0 : start(loaded);
        }
        BatchScanner scanner = new BatchScanner(candidate.file(), from, candidate.limit(), false);
        BatchScanner.Step step = scanner.next();
        if (step == BatchScanner.Step.BROKEN && from > 0) {
            scanner = new BatchScanner(candidate.file(), 0, candidate.limit(), false);
            step = scanner.next();
        }
        while (step == BatchScanner.Step.BATCH) {
            RecordBatchView batch = scanner.batch();
            if (batch.maxTimestampMs() >= timestampMs && batch.lastOffset() >= logStartOffset) {
                Result found = searchBatch(scanner);
                if (found != null) {
                    return found;
                }
            }
            step = scanner.next();
        }
        if (step == BatchScanner.Step.BROKEN) {
            throw new StorageFault(StorageFault.Kind.CORRUPT, candidate.file().path(), scanner.describe(null));
        }
        return null;
    }

    private @Nullable Result searchBatch(BatchScanner scanner) throws StorageFault {
        RecordBatchView batch = RecordBatchView.of(scanner.load());
        if (!batch.crcIsValid()) {
            throw new StorageFault(
                    StorageFault.Kind.CORRUPT, directory, "bad CRC of the batch at offset " + batch.baseOffset());
        }
        Compression codec = batch.compression();
        int leaderEpoch = batch.partitionLeaderEpoch();
        Result whole = new Result(batch.maxTimestampMs(), Math.max(logStartOffset, batch.baseOffset()), leaderEpoch);
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME || codec == null) {
            return whole;
        }
        return switch (codec.inflate(batch.recordBytes(), INFLATED_BYTES_MAX)) {
            case Inflation.Failed ignored -> whole;
            case Inflation.Inflated inflated -> {
                RecordCursor cursor = new RecordCursor(inflated.records(), batch.recordCount());
                while (cursor.next() == RecordCursor.Step.RECORD) {
                    long timestamp = batch.baseTimestampMs() + cursor.timestampDelta();
                    long offset = batch.baseOffset() + cursor.offsetDelta();
                    if (timestamp >= timestampMs && offset >= logStartOffset) {
                        yield new Result(timestamp, offset, leaderEpoch);
                    }
                }
                yield null;
            }
        };
    }
}
