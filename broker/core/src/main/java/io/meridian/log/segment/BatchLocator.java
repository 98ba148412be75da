package io.meridian.log.segment;

import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;

/// Finds the batch that holds an offset, on the loop, reading only verified and hot bytes: the last batches are
/// known, for others the index says where to begin and headers are skipped through.
public final class BatchLocator {
    /// Where the search ended.
    public enum Place {
        FOUND,
        /// Every batch of the segment ends below the offset.
        BEHIND_END,
        /// The bytes on the way have to be read by a job first, from [#positionBytes()] on.
        COLD,
        /// The bytes on the way are damaged; [#detail()] says how.
        DAMAGED
    }

    private final ReadMemory memory;
    private final RecordBatchView view = new RecordBatchView();
    private long position;
    private int sizeBytes;
    private long lastOffset;
    private String detail = "";

    public BatchLocator(ReadMemory memory) {
        this.memory = memory;
    }

    /// Looks for the first batch of `segment` that ends at or behind `offset`.
    public Place find(Segment segment, long offset) {
        if (offset >= segment.endOffset()) {
            return Place.BEHIND_END;
        }
        int slot = segment.recent().slotFor(offset);
        if (slot >= 0) {
            position = segment.recent().position(slot);
            sizeBytes = segment.recent().sizeBytes(slot);
            lastOffset = segment.recent().lastOffset(slot);
            return Place.FOUND;
        }
        position = 0;
        IndexBuilder indexes = segment.indexes();
        if (indexes == null) {
            return Place.COLD;
        }
        position = indexes.offsets().positionFloor(offset);
        try {
            return scan(segment, offset);
        } catch (StorageFault fault) {
            detail = String.valueOf(fault.getMessage());
            return Place.DAMAGED;
        }
    }

    private Place scan(Segment segment, long offset) throws StorageFault {
        ByteBuffer window = memory.scratch();
        long windowFrom = 0;
        long windowEnd = 0;
        boolean isFirst = true;
        while (position < segment.writtenBytes()) {
            String damage = segment.damageAt(position);
            if (damage != null) {
                detail = damage;
                return Place.DAMAGED;
            }
            long headerEnd = position + RecordBatchView.HEADER_BYTES;
            if (segment.servableEnd(position, headerEnd) < headerEnd) {
                return Place.COLD;
            }
            if (headerEnd > windowEnd) {
                windowFrom = position;
                windowEnd =
                        segment.servableEnd(position, Math.min(position + window.capacity(), segment.writtenBytes()));
                read(segment, window.clear().limit((int) (windowEnd - windowFrom)), windowFrom);
            }
            view.wrap(window, (int) (position - windowFrom));
            boolean isLie = isFirst && position > 0 && view.baseOffset() > offset;
            if (isLie || view.structureProblem(segment.writtenBytes() - position) != null) {
                return Place.COLD;
            }
            isFirst = false;
            if (view.lastOffset() >= offset) {
                sizeBytes = view.sizeBytes();
                lastOffset = view.lastOffset();
                return Place.FOUND;
            }
            position += view.sizeBytes();
        }
        return Place.BEHIND_END;
    }

    private static void read(Segment segment, ByteBuffer target, long from) throws StorageFault {
        int wanted = target.remaining();
        int read = segment.file().read(from, target);
        if (read < wanted) {
            throw new StorageFault(
                    StorageFault.Kind.CORRUPT,
                    segment.file().path(),
                    "expected " + wanted + " bytes at position " + from + ", found " + read);
        }
    }

    /// Where the batch begins, or where a job has to begin.
    public long positionBytes() {
        return position;
    }

    public int sizeBytes() {
        return sizeBytes;
    }

    public long lastOffset() {
        return lastOffset;
    }

    public String detail() {
        return detail;
    }
}
