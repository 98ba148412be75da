package io.meridian.protocol.testing;

import java.util.concurrent.TimeUnit;

/// How long fuzz tests go on beyond their fixed seeds: `-Dmeridian.fuzz.seconds=600` in all, nothing otherwise.
public final class LongMode {
    private LongMode() {}

    /// The share of one of `tests` tests.
    public static long nanosOf(int tests) {
        return TimeUnit.SECONDS.toNanos(Long.getLong("meridian.fuzz.seconds", 0L)) / tests;
    }
}
