package io.meridian.bench.clients;

import java.util.Arrays;
import java.util.Locale;

/// Durations in nanoseconds, told as quantiles in milliseconds.
final class Quantiles {
    private final long[] sorted;

    Quantiles(long[] durationsNs) {
        sorted = durationsNs.clone();
        Arrays.sort(sorted);
    }

    double ms(double quantile) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
    }

    /// `NAMEp50=... NAMEp99=...`
    String line(String name) {
        return String.format(Locale.ROOT, "%sp50=%.4f %sp99=%.4f", name, ms(0.5), name, ms(0.99));
    }
}
