package io.meridian.platform.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table whose rows come little by little. Columns are as wide as the widest cell so far; they grow and never
/// shrink.
public final class StreamTable {
    private final List<Fields> waiting = new ArrayList<>();
    private final Map<String, Integer> widths = new LinkedHashMap<>();
    private boolean headed;

    /// Adds a row; each row has the same fields.
    public void add(Fields row) {
        waiting.add(row);
    }

    /// The lines of the rows added since the last call, before the first of them the heading.
    public String take() {
        if (waiting.isEmpty()) {
            return "";
        }
        String text = TableWriter.table(waiting, "", widths, !headed);
        headed = true;
        waiting.clear();
        return text;
    }
}
