package io.meridian.log.segment;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The index files of a segment: written whole, believed only after a check, rebuilt from the log file when in
/// doubt.
public final class IndexFiles {
    private static final int FILE_BYTES_MAX = 64 << 20;

    private IndexFiles() {}

    /// Writes both files and makes their bytes durable; their names still need the directory to be forced.
    public static void write(
            LogStorage storage, String directory, long baseOffset, ByteBuffer offsets, ByteBuffer times)
            throws StorageFault {
        replace(storage, SegmentNames.of(directory, baseOffset, SegmentNames.INDEX), offsets);
        replace(storage, SegmentNames.of(directory, baseOffset, SegmentNames.TIME_INDEX), times);
    }

    private static void replace(LogStorage storage, String path, ByteBuffer content) throws StorageFault {
        SegmentFile file = storage.exists(path) ? storage.open(path) : storage.create(path);
        try {
            int size = content.remaining();
            file.write(0, content);
            file.truncate(size);
            file.force();
        } finally {
            file.close();
        }
    }

    /// The indexes in the files; null when a file is missing or cannot be true of a segment that has `logBytes`
    /// bytes and ends at `endOffset`.
    public static @Nullable IndexBuilder load(
            LogStorage storage, String directory, long baseOffset, long logBytes, long endOffset) throws StorageFault {
        ByteBuffer offsetBytes = read(storage, SegmentNames.of(directory, baseOffset, SegmentNames.INDEX));
        ByteBuffer timeBytes = read(storage, SegmentNames.of(directory, baseOffset, SegmentNames.TIME_INDEX));
        if (offsetBytes == null || timeBytes == null) {
            return null;
        }
        OffsetIndex offsets = OffsetIndex.decode(baseOffset, offsetBytes, logBytes);
        TimeIndex times = TimeIndex.decode(baseOffset, timeBytes, endOffset);
        return offsets == null || times == null ? null : new IndexBuilder(offsets, times);
    }

    private static @Nullable ByteBuffer read(LogStorage storage, String path) throws StorageFault {
        if (!storage.exists(path)) {
            return null;
        }
        SegmentFile file = storage.open(path);
        try {
            long size = file.sizeBytes();
            if (size > FILE_BYTES_MAX) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            file.read(0, bytes);
            return bytes.flip();
        } finally {
            file.close();
        }
    }

    /// The indexes of the batches up to `limit`, or up to where the chain of headers breaks.
    public static IndexBuilder rebuild(SegmentFile log, long baseOffset, long limit, int indexIntervalBytes)
            throws StorageFault {
        IndexBuilder indexes = new IndexBuilder(baseOffset);
        BatchScanner scanner = new BatchScanner(log, 0, limit, false);
        long behind = baseOffset;
        while (scanner.next() == BatchScanner.Step.BATCH && scanner.batch().baseOffset() >= behind) {
            RecordBatchView batch = scanner.batch();
            behind = batch.lastOffset() + 1;
            indexes.add(
                    batch.lastOffset(),
                    batch.maxTimestampMs(),
                    (int) scanner.position(),
                    batch.sizeBytes(),
                    indexIntervalBytes);
        }
        indexes.seal();
        return indexes;
    }
}
