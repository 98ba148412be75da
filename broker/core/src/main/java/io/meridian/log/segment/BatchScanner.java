package io.meridian.log.segment;

import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Walks the batches of a file through a small window, for jobs. Batches may be larger than the window.
public final class BatchScanner {
    /// What a step found.
    public enum Step {
        BATCH,
        /// The limit was reached exactly at the end of a batch, or only zeros follow up to it: room for appends that
        /// did not come, see [SegmentFile#append].
        END,
        /// The header is impossible, or the batch ends behind the limit; [#problem()] says what. The chain ends
        /// here.
        BROKEN,
        /// The header is possible but the bytes do not have the CRC it names. The next step goes on behind it.
        BAD_CRC
    }

    private static final int WINDOW_BYTES = 64 << 10;

    private final SegmentFile file;
    private final long limit;
    private final boolean checksCrc;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private final ByteBuffer header = ByteBuffer.allocate(RecordBatchView.HEADER_BYTES);
    private final RecordBatchView view = RecordBatchView.of(header);
    private long windowFrom;
    private long windowEnd;
    private long position;
    private long next;
    private boolean isRoomBehind;
    private String problem = "";

    /// A walk from `from`, where a batch begins, to `limit`.
    public BatchScanner(SegmentFile file, long from, long limit, boolean checksCrc) {
        this.file = file;
        this.limit = limit;
        this.checksCrc = checksCrc;
        this.position = from;
        this.next = from;
    }

    public Step next() throws StorageFault {
        position = next;
        if (position >= limit) {
            return Step.END;
        }
        long available = Math.min(RecordBatchView.HEADER_BYTES, limit - position);
        int index = require(position, (int) available);
        header.clear().put(0, window, index, (int) available);
        String found = view.structureProblem(limit - position);
        if (found == null) {
            found = view.headerProblem();
        }
        if (found != null) {
            if (isZeroFrom(position)) {
                isRoomBehind = true;
                return Step.END;
            }
            problem = found;
            return Step.BROKEN;
        }
        next = position + view.sizeBytes();
        if (checksCrc && crc() != view.crc()) {
            problem = "the batch says CRC " + view.crc() + ", its bytes have another";
            return Step.BAD_CRC;
        }
        return Step.BATCH;
    }

    private boolean isZeroFrom(long from) throws StorageFault {
        while (from < limit) {
            int count = (int)
                    Math.min(limit - from, windowFrom <= from && from < windowEnd ? windowEnd - from : WINDOW_BYTES);
            int index = require(from, count);
            for (int end = index + count; index < end; index++) {
                if (window.get(index) != 0) {
                    return false;
                }
            }
            from += count;
        }
        return true;
    }

    private long crc() throws StorageFault {
        CRC32C crc = new CRC32C();
        long from = position + RecordBatchView.ATTRIBUTES_OFFSET;
        while (from < next) {
            long inWindow = windowFrom <= from && from < windowEnd ? windowEnd - from : WINDOW_BYTES;
            int count = (int) Math.min(next - from, inWindow);
            int index = require(from, count);
            crc.update(window.array(), index, count);
            from += count;
        }
        return crc.getValue();
    }

    /// The index in the window of `count` bytes from `from` on.
    private int require(long from, int count) throws StorageFault {
        if (from < windowFrom || from + count > windowEnd) {
            int wanted = (int) Math.min(WINDOW_BYTES, limit - from);
            int read = file.read(from, window.clear().limit(wanted));
            if (read < count) {
                throw new StorageFault(
                        StorageFault.Kind.CORRUPT,
                        file.path(),
                        "expected " + count + " bytes at position " + from + ", found " + read);
            }
            windowFrom = from;
            windowEnd = from + read;
        }
        return (int) (from - windowFrom);
    }

    /// Reads the batch just found into memory of its own.
    public ByteBuffer load() throws StorageFault {
        ByteBuffer batch = ByteBuffer.allocate(view.sizeBytes());
        int read = file.read(position, batch);
        if (read < batch.capacity()) {
            throw new StorageFault(
                    StorageFault.Kind.CORRUPT, file.path(), "a batch at position " + position + " is cut short");
        }
        return batch.flip();
    }

    /// The header of the batch just found; its records are not behind it.
    public RecordBatchView batch() {
        return view;
    }

    /// Where the batch just found, or the broken bytes, begin.
    public long position() {
        return position;
    }

    /// Behind the batch just found.
    public long endPosition() {
        return next;
    }

    /// Whether the walk ended at zeros.
    public boolean isRoomBehind() {
        return isRoomBehind;
    }

    public String problem() {
        return problem;
    }

    /// A description of what is wrong at the current position, for reports.
    public String describe(@Nullable String expected) {
        return file.path() + " at position " + position + ": " + problem
                + (expected == null ? "" : ", expected " + expected);
    }
}
