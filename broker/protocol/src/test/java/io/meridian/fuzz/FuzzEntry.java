package io.meridian.fuzz;

import io.meridian.protocol.testing.FuzzTargets;
import java.util.Locale;

/// Where a coverage-guided fuzzer enters. `meridian.fuzz.target` names the target.
public final class FuzzEntry {
    private FuzzEntry() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzTargets.valueOf(
                        System.getProperty("meridian.fuzz.target", "request").toUpperCase(Locale.ROOT))
                .feed(input);
    }
}
