package io.meridian.log.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A set of byte positions, kept as sorted intervals that neither touch nor overlap.
public final class ByteRanges {
    private static final long[] NONE = {};

    private long[] bounds = NONE;
    private int used;

    /// Adds the positions from `from` to `to`, exclusive.
    public void add(long from, long to) {
        if (from >= to) {
            return;
        }
        if (used > 0 && bounds[used - 2] <= from && from <= bounds[used - 1]) {
            bounds[used - 1] = Math.max(bounds[used - 1], to);
            return;
        }
        int first = 0;
        while (first < used && bounds[first + 1] < from) {
            first += 2;
        }
        int last = first;
        long start = from;
        long end = to;
        while (last < used && bounds[last] <= to) {
            start = Math.min(start, bounds[last]);
            end = Math.max(end, bounds[last + 1]);
            last += 2;
        }
        replace(first, last, start, end);
    }

    private void replace(int first, int last, long start, long end) {
        int grown = used - (last - first) + 2;
        long[] target = grown > bounds.length ? Arrays.copyOf(bounds, Math.max(grown, bounds.length * 2)) : bounds;
        System.arraycopy(bounds, last, target, first + 2, used - last);
        target[first] = start;
        target[first + 1] = end;
        bounds = target;
        used = grown;
    }

    /// The end of the interval that contains `position`; `position` itself when none does.
    public long endFrom(long position) {
        int low = 0;
        int high = used / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] <= position) {
                low = middle + 1;
            } else if (bounds[2 * middle] > position) {
                high = middle - 1;
            } else {
                return bounds[2 * middle + 1];
            }
        }
        return position;
    }

    public boolean contains(long from, long to) {
        return from >= to || endFrom(from) >= to;
    }

    /// The intervals in order, as a list of their own.
    public List<ByteRange> ranges() {
        List<ByteRange> ranges = new ArrayList<>(used / 2);
        for (int bound = 0; bound < used; bound += 2) {
            ranges.add(new ByteRange(bounds[bound], bounds[bound + 1]));
        }
        return ranges;
    }

    public boolean isEmpty() {
        return used == 0;
    }

    public int count() {
        return used / 2;
    }
}
