package io.meridian.platform.cli.position;

import io.meridian.platform.terminal.Refused;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in a partition.
public sealed interface Position {
    /// How a place is written, for help and documentation.
    String FORMS = "beginning, end, beginning+N, end-N, an offset, a time (2026-01-31, 2026-01-31T12:00,"
            + " 2026-01-31T12:00:00Z, @MILLISECONDS) or an age (90s, 15m, 2h, 7d)";

    /// The first record kept, or some after it.
    record Beginning(long plus) implements Position {}

    /// Behind the last record, or some before it.
    record End(long minus) implements Position {}

    /// A record by its number.
    record Offset(long offset) implements Position {}

    /// The first record with this timestamp or a later one, in milliseconds since 1970.
    record Time(long timestampMs) implements Position {}

    /// Where a group is, or some records after (before, if negative).
    record Current(long shift) implements Position {}

    /// Reads a place as of now, where this machine is.
    ///
    /// @throws Refused if it is none
    static Position parse(String option, String text) {
        return parse(option, text, ZonedDateTime.now(ZoneId.systemDefault()));
    }

    /// Reads a place.
    ///
    /// @param now ages count back from here, and times without a zone are in its zone
    /// @throws Refused if it is none
    static Position parse(String option, String text, ZonedDateTime now) {
        String given = text.strip();
        Matcher relative = Patterns.RELATIVE.matcher(given);
        try {
            if (relative.matches()) {
                return relative(relative);
            }
            if (Patterns.NUMBER.matcher(given).matches()) {
                return new Offset(Long.parseLong(given));
            }
            if (Patterns.MILLIS.matcher(given).matches()) {
                return new Time(Long.parseLong(given.substring(1)));
            }
            Matcher age = Patterns.AGE.matcher(given);
            if (age.matches()) {
                return new Time(now.minus(duration(age)).toInstant().toEpochMilli());
            }
            return new Time(instant(given, now).toEpochMilli());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw Refused.askedWrongly(option + ": found '" + text + "', expected " + FORMS);
        }
    }

    private static Position relative(Matcher relative) {
        String word = relative.group(1);
        String shift = relative.group(2);
        long number = shift == null ? 0 : Long.parseLong(shift.substring(1));
        boolean before = shift != null && shift.startsWith("-");
        return switch (word) {
            case "current" -> new Current(before ? -number : number);
            case "beginning" -> {
                if (before) {
                    throw new NumberFormatException("before the beginning");
                }
                yield new Beginning(number);
            }
            default -> {
                if (shift != null && !before) {
                    throw new NumberFormatException("behind the end");
                }
                yield new End(number);
            }
        };
    }

    private static Duration duration(Matcher age) {
        long number = Long.parseLong(age.group(1));
        return switch (age.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static Instant instant(String text, ZonedDateTime now) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay(now.getZone()).toInstant();
        }
        if (Patterns.ZONED.matcher(text).matches()) {
            return OffsetDateTime.parse(text).toInstant();
        }
        return LocalDateTime.parse(text).atZone(now.getZone()).toInstant();
    }

    /// Apart, because an interface shows all it has.
    final class Patterns {
        private static final Pattern RELATIVE = Pattern.compile("(beginning|end|current)([+-][0-9]+)?");
        private static final Pattern NUMBER = Pattern.compile("[0-9]+");
        private static final Pattern MILLIS = Pattern.compile("@[0-9]+");
        private static final Pattern AGE = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
        private static final Pattern ZONED = Pattern.compile(".*T.*(Z|[+-][0-9:]+)");

        private Patterns() {}
    }
}
