package io.meridian.log.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sparse map from timestamps to offsets of one segment: an entry says that no record up to and including its offset
/// is younger than its timestamp. Both rise from entry to entry.
public final class TimeIndex {
    /// An entry in the file: int64 timestamp, int32 offset relative to the segment's base.
    public static final int ENTRY_BYTES = 12;

    private static final int ENTRIES_MIN = 16;
    private static final long[] NO_TIMESTAMPS = {};
    private static final int[] NO_OFFSETS = {};

    private final long baseOffset;
    private long[] timestamps = NO_TIMESTAMPS;
    private int[] relativeOffsets = NO_OFFSETS;
    private int count;

    public TimeIndex(long baseOffset) {
        this.baseOffset = baseOffset;
    }

    /// The index in the remaining bytes of `file`; null when it contradicts itself or names offsets from `endOffset`
    /// on.
    public static @Nullable TimeIndex decode(long baseOffset, ByteBuffer file, long endOffset) {
        TimeIndex index = new TimeIndex(baseOffset);
        while (file.remaining() >= ENTRY_BYTES) {
            long timestamp = file.getLong();
            int relative = file.getInt();
            if (timestamp == 0 && relative == 0 && index.count > 0) {
                return OffsetIndex.isZero(file) ? index : null;
            }
            boolean rises = index.count == 0
                    ? relative >= 0
                    : timestamp >= index.timestamps[index.count - 1]
                            && relative >= index.relativeOffsets[index.count - 1];
            if (!rises || baseOffset + relative >= endOffset) {
                return null;
            }
            index.append(timestamp, baseOffset + relative);
        }
        return file.hasRemaining() ? null : index;
    }

    /// Adds an entry; left out unless the timestamp is larger than the last one's.
    public void append(long timestampMs, long offset) {
        int relative = (int) (offset - baseOffset);
        if (count > 0 && (timestampMs <= timestamps[count - 1] || relative < relativeOffsets[count - 1])) {
            return;
        }
        if (count == timestamps.length) {
            int capacity = Math.max(ENTRIES_MIN, count * 2);
            timestamps = Arrays.copyOf(timestamps, capacity);
            relativeOffsets = Arrays.copyOf(relativeOffsets, capacity);
        }
        timestamps[count] = timestampMs;
        relativeOffsets[count] = relative;
        count++;
    }

    public int count() {
        return count;
    }

    /// Where to begin to look for records not older than `timestampMs`: behind the offset of the last entry that is
    /// older, or at the base.
    public long offsetBefore(long timestampMs) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (timestamps[middle] < timestampMs) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? baseOffset : baseOffset + relativeOffsets[high];
    }

    /// Drops the entries at or above `offset`.
    public void cutAt(long offset) {
        while (count > 0 && baseOffset + relativeOffsets[count - 1] >= offset) {
            count--;
        }
    }

    public long lastTimestamp() {
        return count == 0 ? Long.MIN_VALUE : timestamps[count - 1];
    }

    public long lastOffset() {
        return count == 0 ? baseOffset : baseOffset + relativeOffsets[count - 1];
    }

    /// The entries below `offset` in file form.
    public ByteBuffer encodeBelow(long offset) {
        int entries = count;
        while (entries > 0 && baseOffset + relativeOffsets[entries - 1] >= offset) {
            entries--;
        }
        ByteBuffer file = ByteBuffer.allocate(entries * ENTRY_BYTES);
        for (int slot = 0; slot < entries; slot++) {
            file.putLong(timestamps[slot]).putInt(relativeOffsets[slot]);
        }
        return file.flip();
    }
}
