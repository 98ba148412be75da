package io.meridian.platform.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes facts as YAML in block style.
///
/// A text stands bare only when no reader can take it for something else; otherwise it is in double quotes with
/// escapes.
public final class YamlWriter {
    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    /// Words that one or the other version of YAML reads as something that is not a text.
    private static final Set<String> TAKEN = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private YamlWriter() {}

    static String text(List<Fields> rows) {
        if (rows.isEmpty()) {
            return "[]\n";
        }
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(item(row)));
        return text.toString();
    }

    /// One element of a list, each line ended.
    public static String item(Fields row) {
        StringBuilder text = new StringBuilder();
        appendItem(text, row, "");
        return text.toString();
    }

    private static void appendItem(StringBuilder text, Value value, String indent) {
        text.append(indent).append("- ");
        if (value instanceof Fields fields && !fields.byName().isEmpty()) {
            appendFields(text, fields, indent + "  ", true);
        } else {
            text.append(scalar(value)).append('\n');
        }
    }

    private static void appendFields(StringBuilder text, Fields fields, String indent, boolean indented) {
        boolean first = indented;
        for (Map.Entry<String, Value> field : fields.byName().entrySet()) {
            text.append(first ? "" : indent).append(quoted(field.getKey())).append(':');
            first = false;
            switch (field.getValue()) {
                case Value.Items(var values) when !values.isEmpty() -> appendItems(text, values, indent);
                case Value.Rows(List<Fields> rows) when !rows.isEmpty() -> appendItems(text, rows, indent);
                case Fields inner
                when !inner.byName().isEmpty() -> {
                    text.append('\n');
                    appendFields(text, inner, indent + "  ", false);
                }
                case Value scalar -> text.append(' ').append(scalar(scalar)).append('\n');
            }
        }
    }

    private static void appendItems(StringBuilder text, List<? extends Value> values, String indent) {
        text.append('\n');
        values.forEach(item -> appendItem(text, item, indent + "  "));
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Text(String text) -> quoted(text);
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Flag(boolean holds) -> Boolean.toString(holds);
            case Value.Nothing() -> "null";
            case Value.Items _ -> "[]";
            case Value.Rows _ -> "[]";
            case Fields _ -> "{}";
        };
    }

    private static String quoted(String text) {
        if (BARE.matcher(text).matches() && !TAKEN.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /// What YAML allows outside of escapes, without the line breaks that only some readers know.
    private static boolean isPrintable(int c) {
        return (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
                || c >= 0x10000;
    }
}
