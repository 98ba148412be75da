package io.meridian.log.segment;

/// Where the last batches written to a segment lie, so that readers at the end of the log need no look at the file.
final class RecentBatches {
    private static final int KEPT = 64;

    private long[] baseOffsets = {};
    private long[] lastOffsets = {};
    private int[] positions = {};
    private int[] sizes = {};
    private int count;

    void add(long baseOffset, long lastOffset, int position, int sizeBytes) {
        if (count == 0) {
            baseOffsets = new long[KEPT];
            lastOffsets = new long[KEPT];
            positions = new int[KEPT];
            sizes = new int[KEPT];
        }
        int slot = count++ % KEPT;
        if (count >= 2 * KEPT) {
            count -= KEPT;
        }
        baseOffsets[slot] = baseOffset;
        lastOffsets[slot] = lastOffset;
        positions[slot] = position;
        sizes[slot] = sizeBytes;
    }

    /// The slot of the first batch that ends at or behind `offset`; -1 when it is not among the kept ones.
    int slotFor(long offset) {
        int kept = Math.min(count, KEPT);
        int found = -1;
        for (int back = 1; back <= kept; back++) {
            int slot = (count - back) % KEPT;
            if (lastOffsets[slot] < offset) {
                return found;
            }
            found = slot;
            if (baseOffsets[slot] <= offset) {
                return found;
            }
        }
        return -1;
    }

    int position(int slot) {
        return positions[slot];
    }

    int sizeBytes(int slot) {
        return sizes[slot];
    }

    long lastOffset(int slot) {
        return lastOffsets[slot];
    }
}
