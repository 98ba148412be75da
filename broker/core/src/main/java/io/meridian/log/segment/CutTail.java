package io.meridian.log.segment;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Takes the bytes behind a position off a segment, and keeps them in a file of their own when valid batches are
/// among them: a torn tail has none, so those were lost to something else and an operator may want them.
record CutTail(LogStorage storage, SegmentFile file, long position, long minOffset) {
    private static final int SEARCHED_BYTES_MAX = 64 << 20;
    private static final int COPY_BYTES = 1 << 20;

    /// Cuts, durably; the path of the file with the kept bytes, or null.
    @Nullable
    String cut() throws StorageFault {
        long size = file.sizeBytes();
        String kept = null;
        if (holdsBatch(size)) {
            kept = freeName(storage, file.path(), position);
            copy(kept, size);
        }
        file.truncate(position);
        file.force();
        return kept;
    }

    /// A name for bytes taken off `path` that nothing kept earlier has.
    static String freeName(LogStorage storage, String path, long position) throws StorageFault {
        String name = path + SegmentNames.CUT + position;
        String free = name;
        for (int number = 1; storage.exists(free); number++) {
            free = name + "." + number;
        }
        return free;
    }

    private boolean holdsBatch(long size) throws StorageFault {
        int count = (int) Math.min(SEARCHED_BYTES_MAX, size - position);
        if (count < RecordBatchView.HEADER_BYTES) {
            return false;
        }
        ByteBuffer tail = ByteBuffer.allocate(count);
        file.read(position, tail);
        tail.flip();
        RecordBatchView view = new RecordBatchView();
        for (int at = 0; at <= tail.limit() - RecordBatchView.HEADER_BYTES; at++) {
            if (tail.get(at + RecordBatchView.MAGIC_OFFSET) == RecordBatchView.MAGIC) {
                view.wrap(tail, at);
                if (view.structureProblem(tail.limit() - at) == null
                        && view.headerProblem() == null
                        && view.baseOffset() >= minOffset
                        && view.crcIsValid()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void copy(String target, long size) throws StorageFault {
        SegmentFile copy = storage.create(target);
        try {
            ByteBuffer block = ByteBuffer.allocate(COPY_BYTES);
            for (long at = position; at < size; ) {
                int read = file.read(at, block.clear());
                if (read <= 0) {
                    break;
                }
                copy.write(at - position, block.flip());
                at += read;
            }
            copy.force();
        } finally {
            copy.close();
        }
        int slash = target.lastIndexOf('/');
        storage.forceDirectory(target.substring(0, slash));
    }
}
