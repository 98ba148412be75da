package io.meridian.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a setting's text becomes a value: the parser, its bounds, and the words that describe what it takes.
///
/// @param <T> an immutable type
public final class SettingType<T> {
    /// What a client is told about a value, with the numbers of the Kafka protocol.
    public enum Kind {
        BOOLEAN(1, "boolean"),
        STRING(2, "string"),
        INT(3, "int"),
        LONG(5, "long"),
        DOUBLE(6, "double"),
        LIST(7, "list");

        private final int protocolId;
        private final String label;

        Kind(int protocolId, String label) {
            this.protocolId = protocolId;
            this.label = label;
        }

        public int protocolId() {
            return protocolId;
        }

        public String label() {
            return label;
        }
    }

    private final Kind kind;
    private final String expected;
    private final Function<String, @Nullable T> parser;
    private final Function<T, String> writer;

    private SettingType(Kind kind, String expected, Function<String, @Nullable T> parser, Function<T, String> writer) {
        this.kind = kind;
        this.expected = expected;
        this.parser = parser;
        this.writer = writer;
    }

    public Kind kind() {
        return kind;
    }

    /// A noun phrase for what is taken, bounds included.
    public String expected() {
        return expected;
    }

    /// The value of this text without its surrounding blanks; null when it is refused.
    public @Nullable T parse(String text) {
        return parser.apply(text.trim());
    }

    /// The text from which [#parse(String)] makes an equal value.
    public String text(T value) {
        return writer.apply(value);
    }

    public static SettingType<Boolean> bool() {
        return new SettingType<>(
                Kind.BOOLEAN,
                "true or false",
                text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                },
                value -> Boolean.toString(value));
    }

    /// Whole numbers from `min` to `max`, both included.
    public static SettingType<Integer> int32(int min, int max) {
        return new SettingType<>(
                Kind.INT,
                wholeNumber(min, max, Integer.MAX_VALUE),
                text -> {
                    Long value = parseLong(text);
                    return value == null || value < min || value > max ? null : Math.toIntExact(value);
                },
                value -> Integer.toString(value));
    }

    /// Whole numbers of at least `min`.
    public static SettingType<Integer> int32From(int min) {
        return int32(min, Integer.MAX_VALUE);
    }

    /// Whole numbers from `min` to `max`, both included.
    public static SettingType<Long> int64(long min, long max) {
        return new SettingType<>(
                Kind.LONG,
                wholeNumber(min, max, Long.MAX_VALUE),
                text -> {
                    Long value = parseLong(text);
                    return value == null || value < min || value > max ? null : value;
                },
                value -> Long.toString(value));
    }

    /// Whole numbers of at least `min`.
    public static SettingType<Long> int64From(long min) {
        return int64(min, Long.MAX_VALUE);
    }

    /// Decimal numbers from `min` to `max`, both included.
    public static SettingType<Double> decimal(double min, double max) {
        return new SettingType<>(
                Kind.DOUBLE,
                "a decimal number from " + min + " to " + max,
                text -> {
                    Double value = parseDecimal(text);
                    return value == null || value < min || value > max ? null : value;
                },
                value -> Double.toString(value));
    }

    /// Any text of at most `maxLength` characters.
    public static SettingType<String> text(int maxLength) {
        return new SettingType<>(
                Kind.STRING,
                "a text of at most " + maxLength + " characters",
                text -> text.length() > maxLength ? null : text,
                value -> value);
    }

    /// A text that `parser` understands; it answers null for what it refuses.
    public static <T> SettingType<T> parsed(
            Kind kind, String expected, Function<String, @Nullable T> parser, Function<T, String> writer) {
        return new SettingType<>(kind, expected, parser, writer);
    }

    /// One of the constants, under the name that `nameOf` gives it, upper and lower case distinct.
    public static <E extends Enum<E>> SettingType<E> oneOf(List<E> constants, Function<E, String> nameOf) {
        List<E> allowed = List.copyOf(constants);
        List<String> names = allowed.stream().map(nameOf).toList();
        return new SettingType<>(
                Kind.STRING,
                "one of " + String.join(", ", names),
                text -> {
                    int index = names.indexOf(text);
                    return index < 0 ? null : allowed.get(index);
                },
                nameOf);
    }

    /// One of these numbers or a number from `min` to `max`.
    public static SettingType<Integer> int32Or(int special, int min, int max) {
        SettingType<Integer> range = int32(min, max);
        return new SettingType<>(
                Kind.INT,
                special + " or " + range.expected(),
                text -> Integer.toString(special).equals(text) ? Integer.valueOf(special) : range.parse(text),
                value -> Integer.toString(value));
    }

    /// Texts separated by commas, blanks around them ignored; an empty text is an empty list.
    ///
    /// @param allowed the texts that may occur, each at most once; empty when any may
    public static SettingType<List<String>> list(List<String> allowed) {
        List<String> known = List.copyOf(allowed);
        return new SettingType<>(
                Kind.LIST,
                known.isEmpty()
                        ? "a list separated by commas"
                        : "a list, separated by commas, of " + String.join(", ", known) + ", each at most once",
                text -> {
                    List<String> entries = split(text);
                    boolean accepted = known.isEmpty()
                            || (known.containsAll(entries)
                                    && entries.stream().distinct().count() == entries.size());
                    return accepted ? entries : null;
                },
                value -> String.join(",", value));
    }

    private static List<String> split(String text) {
        List<String> entries = new ArrayList<>();
        int start = 0;
        while (start <= text.length() && !text.isEmpty()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            entries.add(text.substring(start, end).trim());
            start = end + 1;
        }
        return List.copyOf(entries);
    }

    private static String wholeNumber(long min, long max, long unbounded) {
        return max == unbounded
                ? "a whole number of at least " + min + (max == Integer.MAX_VALUE ? " (32 bits)" : "")
                : "a whole number from " + min + " to " + max;
    }

    private static @Nullable Long parseLong(String text) {
        if (text.isEmpty() || text.length() > 20) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Double parseDecimal(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return null;
        }
        try {
            Double value = Double.valueOf(text);
            return value.isNaN() ? null : value;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
