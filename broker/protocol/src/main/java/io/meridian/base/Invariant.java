package io.meridian.base;

import org.jspecify.annotations.Nullable;

/// Checks of what must hold whatever a client, a peer or a disk does. Always on.
///
/// Bytes from disk, from peers and from clients are never checked here: they are faults with a typed result.
public final class Invariant {
    private Invariant() {}

    /// Stops the owner of the state when `condition` is false. The message names the facts it was built from.
    public static void check(boolean condition, String message) {
        if (!condition) {
            throw new InvariantBroken(message);
        }
    }

    /// As [#check(boolean, String)], with the two values that were compared.
    public static void check(boolean condition, String message, long first, long second) {
        if (!condition) {
            throw new InvariantBroken(message + ": " + first + ", " + second);
        }
    }

    /// The value, which must be present.
    public static <T> T present(@Nullable T value, String message) {
        if (value == null) {
            throw new InvariantBroken(message);
        }
        return value;
    }

    /// To be thrown where control flow must not arrive.
    public static InvariantBroken unreachable(String message) {
        return new InvariantBroken(message);
    }
}
