package io.meridian.platform.cli.output;

import io.meridian.platform.terminal.Console;
import picocli.CommandLine.Option;

/// `-o`: the form of an answer.
public final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people; json, yaml for programs; name: one name a line (${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    /// The form that was asked for.
    public OutputFormat format() {
        return format;
    }

    /// Writes an answer.
    public void print(Console console, Listing listing) {
        listing.print(format, console.out(), console.err());
    }
}
