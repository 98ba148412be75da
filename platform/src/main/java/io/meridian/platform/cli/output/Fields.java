package io.meridian.platform.cli.output;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A thing with named facts, in the order in which they are shown. The first is its name.
///
/// Immutable: each `with` answers a larger copy.
public final class Fields implements Value {
    private final Map<String, Value> byName;

    private Fields(Map<String, Value> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /// Begins with the field that names the thing.
    public static Fields of(String field, String name) {
        return new Fields(Map.of()).with(field, name);
    }

    /// Begins with a number that names the thing.
    public static Fields of(String field, long number) {
        return new Fields(Map.of()).with(field, number);
    }

    /// Begins with nothing.
    public static Fields none() {
        return new Fields(Map.of());
    }

    /// Adds a text; null is shown as nothing.
    public Fields with(String field, @Nullable String text) {
        return with(field, text == null ? new Value.Nothing() : new Value.Text(text));
    }

    /// Adds a number.
    public Fields with(String field, long number) {
        return with(field, new Value.Whole(number));
    }

    /// Adds a number that may not be known.
    public Fields with(String field, Optional<Long> number) {
        return number.isPresent() ? with(field, number.get().longValue()) : with(field, new Value.Nothing());
    }

    /// Adds a statement.
    public Fields with(String field, boolean holds) {
        return with(field, new Value.Flag(holds));
    }

    /// Adds texts.
    public Fields withTexts(String field, Collection<String> texts) {
        return with(field, new Value.Items(texts.stream().map(Value.Text::new).toList()));
    }

    /// Adds numbers.
    public Fields withNumbers(String field, Collection<Integer> numbers) {
        return with(
                field,
                new Value.Items(numbers.stream().map(n -> new Value.Whole(n)).toList()));
    }

    /// Adds things with fields of their own.
    public Fields withRows(String field, List<Fields> rows) {
        return with(field, new Value.Rows(rows));
    }

    /// Adds any fact.
    public Fields with(String field, Value value) {
        LinkedHashMap<String, Value> more = new LinkedHashMap<>(byName);
        more.put(field, value);
        return new Fields(more);
    }

    /// In the order in which they were added; unmodifiable.
    public Map<String, Value> byName() {
        return byName;
    }

    /// The first fact as a text: what the thing is called.
    String name() {
        return byName.values().stream().findFirst().map(TableWriter::cell).orElse("");
    }
}
