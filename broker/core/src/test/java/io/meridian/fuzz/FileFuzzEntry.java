package io.meridian.fuzz;

import io.meridian.base.Invariant;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.testing.FileTargets;
import java.util.Locale;

/// Where a coverage-guided fuzzer enters. `meridian.fuzz.target` names the target.
public final class FileFuzzEntry {
    private FileFuzzEntry() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String target = System.getProperty("meridian.fuzz.target", "meta_properties");
        try {
            FileTargets.valueOf(target.toUpperCase(Locale.ROOT)).feed(input);
        } catch (StorageFault fault) {
            Invariant.check(fault.kind() == StorageFault.Kind.CORRUPT, "a fault of another kind");
        }
    }
}
