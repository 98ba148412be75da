package io.meridian.platform.cli.output;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes things as tables for people: a heading, columns as wide as their widest cell, numbers right-aligned.
///
/// Things that contain rows of their own are written one after the other: their facts as lines of name and value,
/// then each group of rows as a table under its name.
final class TableWriter {
    private static final String GAP = "  ";

    private TableWriter() {}

    /// The table or tables, each line ended; empty if there are no rows.
    static String text(List<Fields> rows) {
        boolean nested =
                rows.stream().anyMatch(row -> row.byName().values().stream().anyMatch(Value.Rows.class::isInstance));
        return nested ? rows.stream().map(TableWriter::detail).collect(Collectors.joining("\n")) : table(rows, "");
    }

    private static String detail(Fields thing) {
        StringBuilder text = new StringBuilder();
        int width = thing.byName().keySet().stream()
                .mapToInt(name -> heading(name).length())
                .max()
                .orElse(0);
        thing.byName().forEach((name, value) -> {
            if (!(value instanceof Value.Rows(List<Fields> rows)) || rows.isEmpty()) {
                text.append(padded(heading(name), width, false))
                        .append(GAP)
                        .append(cell(value))
                        .append('\n');
            }
        });
        thing.byName().forEach((name, value) -> {
            if (value instanceof Value.Rows(List<Fields> rows) && !rows.isEmpty()) {
                text.append(heading(name)).append('\n').append(table(rows, GAP));
            }
        });
        return text.toString();
    }

    private static String table(List<Fields> rows, String indent) {
        return table(rows, indent, new LinkedHashMap<>(), true);
    }

    /// @param widths of columns so far, by name; grown to hold these rows
    /// @param headed whether to begin with the headings
    static String table(List<Fields> rows, String indent, Map<String, Integer> widths, boolean headed) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.byName().keySet()));
        Map<String, Boolean> numbers = new LinkedHashMap<>();
        for (String name : names) {
            int widest = heading(name).length();
            boolean number = true;
            for (Fields row : rows) {
                Value value = row.byName().getOrDefault(name, new Value.Nothing());
                widest = Math.max(widest, length(cell(value)));
                number &= value instanceof Value.Whole || value instanceof Value.Nothing;
            }
            widths.merge(name, widest, Math::max);
            numbers.put(name, number);
        }
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        widths.forEach((name, width) -> line.append(padded(heading(name), width, numbers.getOrDefault(name, false)))
                .append(GAP));
        if (headed) {
            text.append(line.toString().stripTrailing()).append('\n');
        }
        for (Fields row : rows) {
            StringBuilder cells = new StringBuilder(indent);
            widths.forEach((name, width) -> {
                Value value = row.byName().getOrDefault(name, new Value.Nothing());
                cells.append(padded(cell(value), width, numbers.getOrDefault(name, false)))
                        .append(GAP);
            });
            text.append(cells.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /// `logEndOffset` becomes `LOG-END-OFFSET`.
    static String heading(String name) {
        StringBuilder heading = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                heading.append('-');
            }
            heading.append(Character.toUpperCase(c));
        }
        return heading.toString();
    }

    /// A fact in one line, without anything that would move the cursor of a terminal.
    static String cell(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Printable.text(text);
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Flag(boolean holds) -> holds ? "yes" : "no";
            case Value.Nothing() -> "-";
            case Value.Items(var values) ->
                values.isEmpty() ? "-" : values.stream().map(TableWriter::cell).collect(Collectors.joining(","));
            case Value.Rows(List<Fields> rows) -> rows.isEmpty() ? "-" : Integer.toString(rows.size());
            case Fields fields ->
                fields.byName().entrySet().stream()
                        .map(field -> field.getKey() + "=" + cell(field.getValue()))
                        .collect(Collectors.joining(" "));
        };
    }

    private static String padded(String text, int width, boolean right) {
        String spaces = " ".repeat(Math.max(0, width - length(text)));
        return right ? spaces + text : text + spaces;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
