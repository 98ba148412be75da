package io.meridian.platform.cli.output;

import java.io.PrintStream;
import java.util.List;

/// An answer: things of one kind, in order.
///
/// @param rows each with the same fields, or none where it has nothing to say
/// @param ifEmpty what a person is told instead of an empty table
public record Listing(List<Fields> rows, String ifEmpty) {
    public Listing {
        rows = List.copyOf(rows);
    }

    /// Writes it.
    ///
    /// @param err gets the sentence for a person when there is nothing to show
    public void print(OutputFormat format, PrintStream out, PrintStream err) {
        switch (format) {
            case TABLE -> {
                if (rows.isEmpty()) {
                    err.println(ifEmpty);
                } else {
                    out.print(TableWriter.text(rows));
                }
            }
            case JSON -> out.print(JsonText.lines(rows));
            case YAML -> out.print(YamlWriter.text(rows));
            case NAME -> rows.forEach(row -> out.println(row.name()));
        }
        out.flush();
    }
}
