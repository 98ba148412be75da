package io.meridian.log.segment;

import java.util.Arrays;

/// Which chunks of one segment are hot, by the clock of a [ReadMemory].
final class HotChunks {
    private final ReadMemory memory;
    private static final long[] NONE = {};

    private long[] stamps = NONE;
    private long warmFrom;
    private long warmEnd;
    private long warmUntil;

    HotChunks(ReadMemory memory) {
        this.memory = memory;
    }

    /// Notes a use of the positions from `from` to `to`, exclusive.
    void touch(long from, long to) {
        if (from >= to) {
            return;
        }
        int last = (int) ((to - 1) >> ReadMemory.CHUNK_SHIFT);
        if (last >= stamps.length) {
            stamps = Arrays.copyOf(stamps, Math.max(last + 1, stamps.length * 2));
        }
        for (int chunk = (int) (from >> ReadMemory.CHUNK_SHIFT); chunk <= last; chunk++) {
            stamps[chunk] = memory.touch(stamps[chunk]);
        }
    }

    /// Notes that the positions were just brought in from the device. They stay hot together for a while, however
    /// many chunks they are: a batch may be larger than all that may be hot, and must be served all the same.
    void broughtIn(long from, long to) {
        touch(from, to);
        warmFrom = from;
        warmEnd = to;
        warmUntil = memory.hotUntil();
    }

    /// The position up to which everything from `from` on is hot, at most `to`.
    long endFrom(long from, long to) {
        long position = from;
        if (warmFrom <= from && from < warmEnd && !memory.isPast(warmUntil)) {
            position = warmEnd;
        }
        while (position < to) {
            int chunk = (int) (position >> ReadMemory.CHUNK_SHIFT);
            if (chunk >= stamps.length || !memory.isHot(stamps[chunk])) {
                return position;
            }
            position = (chunk + 1L) << ReadMemory.CHUNK_SHIFT;
        }
        return to;
    }
}
