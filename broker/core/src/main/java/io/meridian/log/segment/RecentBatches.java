package io.meridian.log.segment;

import java.util.Arrays;

/// Where the last batches written to a segment lie, so that readers at the end of the log need no look at the file.
/// Memory grows with the batches: most of many segments are written seldom.
final class RecentBatches {
    private static final int KEPT = 64;
    private static final int FIRST = 4;
    private static final long[] NO_OFFSETS = {};
    private static final int[] NO_NUMBERS = {};

    private long[] baseOffsets = NO_OFFSETS;
    private long[] lastOffsets = NO_OFFSETS;
    private int[] positions = NO_NUMBERS;
    private int[] sizes = NO_NUMBERS;
    private int count;

    void add(long baseOffset, long lastOffset, int position, int sizeBytes) {
        if (count == sizes.length && count < KEPT) {
            int capacity = Math.clamp(count * 4L, FIRST, KEPT);
            baseOffsets = Arrays.copyOf(baseOffsets, capacity);
            lastOffsets = Arrays.copyOf(lastOffsets, capacity);
            positions = Arrays.copyOf(positions, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
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
