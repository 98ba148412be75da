package io.meridian.log;

import io.meridian.log.segment.BatchScanner;
import io.meridian.log.segment.Segment;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every batch that was written when the replay was made, oldest first and verified: how a state machine on a log is
/// rebuilt. Made on the log's loop, read on a disk thread.
public final class LogReplay {
    private record Part(SegmentFile file, long writtenBytes) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable BatchScanner scanner;

    LogReplay(List<Segment> segments) {
        for (Segment segment : segments) {
            if (segment.isCreated()) {
                parts.add(new Part(segment.file(), segment.writtenBytes()));
            }
        }
    }

    /// The next batch, in memory of its own; null at the end. A fault of kind CORRUPT where the bytes are not what
    /// was written.
    public @Nullable RecordBatchView next() throws StorageFault {
        while (true) {
            BatchScanner current = scanner;
            if (current == null) {
                Part part = parts.poll();
                if (part == null) {
                    return null;
                }
                current = new BatchScanner(part.file(), 0, part.writtenBytes(), true);
                scanner = current;
            }
            switch (current.next()) {
                case BATCH -> {
                    return RecordBatchView.of(current.load());
                }
                case END -> scanner = null;
                case BROKEN, BAD_CRC ->
                    throw new StorageFault(StorageFault.Kind.CORRUPT, "log", current.describe(null));
            }
        }
    }
}
