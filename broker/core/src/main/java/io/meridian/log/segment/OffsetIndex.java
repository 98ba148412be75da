package io.meridian.log.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sparse map from offsets to file positions of one segment: an entry names the last offset of a batch and where
/// that batch begins.
public final class OffsetIndex {
    /// An entry in the file: int32 offset relative to the segment's base, int32 position.
    public static final int ENTRY_BYTES = 8;

    private static final int ENTRIES_MIN = 16;
    private static final int[] NONE = {};

    private final long baseOffset;
    private int[] relativeOffsets = NONE;
    private int[] positions = NONE;
    private int count;

    public OffsetIndex(long baseOffset) {
        this.baseOffset = baseOffset;
    }

    /// The index in the remaining bytes of `file`; null when it cannot be true of a segment of `logBytes` bytes.
    /// Zeros behind the last entry are space that was reserved.
    public static @Nullable OffsetIndex decode(long baseOffset, ByteBuffer file, long logBytes) {
        OffsetIndex index = new OffsetIndex(baseOffset);
        while (file.remaining() >= ENTRY_BYTES) {
            int relative = file.getInt();
            int position = file.getInt();
            if (relative == 0 && position == 0) {
                return isZero(file) ? index : null;
            }
            boolean rises = index.count == 0
                    ? relative >= 0 && position >= 0
                    : relative > index.relativeOffsets[index.count - 1] && position > index.positions[index.count - 1];
            if (!rises || position >= logBytes) {
                return null;
            }
            index.append(baseOffset + relative, position);
        }
        return file.hasRemaining() ? null : index;
    }

    static boolean isZero(ByteBuffer rest) {
        while (rest.hasRemaining()) {
            if (rest.get() != 0) {
                return false;
            }
        }
        return true;
    }

    /// Adds a batch behind the last entry; left out when it is not behind it.
    public void append(long lastOffset, int position) {
        int relative = (int) (lastOffset - baseOffset);
        if (count > 0 && (relative <= relativeOffsets[count - 1] || position <= positions[count - 1])) {
            return;
        }
        if (count == positions.length) {
            int capacity = Math.max(ENTRIES_MIN, count * 2);
            relativeOffsets = Arrays.copyOf(relativeOffsets, capacity);
            positions = Arrays.copyOf(positions, capacity);
        }
        relativeOffsets[count] = relative;
        positions[count] = position;
        count++;
    }

    /// Takes over the entries of `other` from `position` on.
    void adoptFrom(OffsetIndex other, long position) {
        for (int slot = 0; slot < other.count; slot++) {
            if (other.positions[slot] >= position) {
                append(baseOffset + other.relativeOffsets[slot], other.positions[slot]);
            }
        }
    }

    public int count() {
        return count;
    }

    /// Where to begin to look for `offset`: the position of the last entry at or below it, 0 when there is none.
    public int positionFloor(long offset) {
        int slot = floorSlot(offset);
        return slot < 0 ? 0 : positions[slot];
    }

    /// The position of the first entry above `offset`; -1 when there is none.
    public int positionAbove(long offset) {
        int slot = floorSlot(offset) + 1;
        return slot < count ? positions[slot] : -1;
    }

    /// The position of the first entry behind `position`; -1 when there is none.
    public int nextPosition(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (positions[middle] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < count ? positions[low] : -1;
    }

    private int floorSlot(long offset) {
        long relative = offset - baseOffset;
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (relativeOffsets[middle] <= relative) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /// Drops the entries at or behind `position` bytes.
    public void cutAt(long position) {
        while (count > 0 && positions[count - 1] >= position) {
            count--;
        }
    }

    public int lastPosition() {
        return count == 0 ? 0 : positions[count - 1];
    }

    /// The entries below `offset` in file form.
    public ByteBuffer encodeBelow(long offset) {
        int entries = floorSlot(offset - 1) + 1;
        ByteBuffer file = ByteBuffer.allocate(entries * ENTRY_BYTES);
        for (int slot = 0; slot < entries; slot++) {
            file.putInt(relativeOffsets[slot]).putInt(positions[slot]);
        }
        return file.flip();
    }
}
