package io.meridian.platform.soak.groups;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Lengths of time, and how they are spread.
final class Waits {
    private long[] waits = new long[1024];
    private int count;

    void add(long waitNs) {
        if (count == waits.length) {
            waits = Arrays.copyOf(waits, 2 * count);
        }
        waits[count++] = waitNs;
    }

    void addAll(Waits other) {
        for (int i = 0; i < other.count; i++) {
            add(other.waits[i]);
        }
    }

    int count() {
        return count;
    }

    /// The length that `fraction` of all do not exceed; 0 if there are none.
    long atMostNs(double fraction) {
        long[] sorted = Arrays.copyOf(waits, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[(int) Math.min(count - 1L, (long) (fraction * count))];
    }

    long longestNs() {
        return atMostNs(1);
    }

    /// Median, 99 of 100, and the longest, in milliseconds.
    String spread() {
        return String.format(
                Locale.ROOT,
                "%d / %d / %d ms",
                TimeUnit.NANOSECONDS.toMillis(atMostNs(0.5)),
                TimeUnit.NANOSECONDS.toMillis(atMostNs(0.99)),
                TimeUnit.NANOSECONDS.toMillis(longestNs()));
    }
}
