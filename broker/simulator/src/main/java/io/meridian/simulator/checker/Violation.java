package io.meridian.simulator.checker;

/// The broker broke a promise. Ends the run of a seed.
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Violation(String message) {
        super(message);
    }

    /// Throws when `condition` is false.
    public static void unless(boolean condition, String message) {
        if (!condition) {
            throw new Violation(message);
        }
    }
}
