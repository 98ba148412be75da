package io.meridian.platform.cli.output;

import java.util.Locale;

/// The forms in which an answer can be had.
public enum OutputFormat {
    /// Aligned columns for people.
    TABLE,
    /// One array, one element a line.
    JSON,
    /// One list.
    YAML,
    /// One name a line, for pipes.
    NAME;

    /// As it is typed.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
