package io.meridian.platform.soak.flood;

import java.util.Arrays;

/// Times that requests took. Safe to use from any thread.
final class Latencies {
    private long[] sorted = new long[1_024];
    private int count;
    private boolean isSorted = true;

    synchronized void add(long tookNs) {
        if (count == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * count);
        }
        sorted[count++] = tookNs;
        isSorted = false;
    }

    synchronized int count() {
        return count;
    }

    /// In milliseconds; 0 without any.
    synchronized double quantileMs(double share) {
        if (count == 0) {
            return 0;
        }
        if (!isSorted) {
            Arrays.sort(sorted, 0, count);
            isSorted = true;
        }
        return sorted[Math.min(count - 1, (int) (count * share))] / 1e6;
    }
}
