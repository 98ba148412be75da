package io.meridian.protocol.api;

import org.jspecify.annotations.Nullable;

/// What became of something that may be refused: a value, or an error of the protocol.
public sealed interface Outcome<T> {
    /// It was done; `value` is what came of it.
    record Accepted<T>(T value) implements Outcome<T> {}

    /// It was refused, and nothing was changed.
    ///
    /// @param detail what was found and what was expected, for whoever asked; null when the error says it all
    record Rejected<T>(ErrorCode error, @Nullable String detail) implements Outcome<T> {}

    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> rejected(ErrorCode error) {
        return new Rejected<>(error, null);
    }

    static <T> Outcome<T> rejected(ErrorCode error, String detail) {
        return new Rejected<>(error, detail);
    }
}
