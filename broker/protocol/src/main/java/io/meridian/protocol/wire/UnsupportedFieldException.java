package io.meridian.protocol.wire;

/// A field has a value that the version being written cannot carry and that must not be dropped silently.
public final class UnsupportedFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedFieldException(String message) {
        super(message);
    }
}
