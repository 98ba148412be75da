package io.meridian.base;

/// Thrown by [Invariant] alone and caught only where the smallest owner of the broken state is taken out of service.
public final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvariantBroken(String message) {
        super(message);
    }
}
