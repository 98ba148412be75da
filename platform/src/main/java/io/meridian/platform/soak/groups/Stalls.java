package io.meridian.platform.soak.groups;

import java.util.ArrayList;
import java.util.List;

/// Times in which this process itself stood still: a loaded machine, a collection of garbage.
///
/// A thread that wakes every few milliseconds notes when it woke late. Waiting that falls into such a time is
/// not the broker's, and the checks subtract it.
final class Stalls {
    /// Oversleeping less than this is no stall.
    static final long LEAST_NS = 50_000_000L;

    private record Stall(long fromNs, long untilNs) {}

    private final List<Stall> stalls = new ArrayList<>();

    synchronized void add(long fromNs, long untilNs) {
        stalls.add(new Stall(fromNs, untilNs));
    }

    /// How much of the time from `fromNs` to `untilNs` was stood still.
    synchronized long withinNs(long fromNs, long untilNs) {
        long sum = 0;
        for (int i = stalls.size() - 1; i >= 0; i--) {
            Stall stall = stalls.get(i);
            if (stall.untilNs - fromNs <= 0) {
                break;
            }
            long from = stall.fromNs - fromNs > 0 ? stall.fromNs : fromNs;
            long until = stall.untilNs - untilNs < 0 ? stall.untilNs : untilNs;
            sum += Math.max(0, until - from);
        }
        return sum;
    }

    synchronized long longestNs() {
        return stalls.stream()
                .mapToLong(stall -> stall.untilNs - stall.fromNs)
                .max()
                .orElse(0);
    }
}
