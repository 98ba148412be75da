package io.meridian.platform.cli.output;

import java.util.List;

/// One fact of an answer.
public sealed interface Value
        permits Fields, Value.Text, Value.Whole, Value.Flag, Value.Nothing, Value.Items, Value.Rows {
    /// A name or a sentence.
    record Text(String text) implements Value {}

    /// A number, right-aligned in tables.
    record Whole(long number) implements Value {}

    /// A statement that holds or not.
    record Flag(boolean holds) implements Value {}

    /// Nothing is known or nothing is there; `null` in JSON, a dash in tables.
    record Nothing() implements Value {}

    /// Several facts without names, in order.
    record Items(List<? extends Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// Several things with fields of their own: a table within.
    record Rows(List<Fields> rows) implements Value {
        public Rows {
            rows = List.copyOf(rows);
        }
    }
}
