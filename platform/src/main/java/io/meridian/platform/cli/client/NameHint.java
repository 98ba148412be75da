package io.meridian.platform.cli.client;

import io.meridian.settings.NearestName;
import java.util.Collection;

/// A guess at the name that was meant.
public final class NameHint {
    private NameHint() {}

    /// For example ` (did you mean 'orders'?)`; empty when nothing is near.
    public static String of(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String nearest = NearestName.of(name, known);
        int near = Math.max(2, name.length() / 3);
        return NearestName.edits(name, nearest) <= near ? " (did you mean '" + nearest + "'?)" : "";
    }
}
