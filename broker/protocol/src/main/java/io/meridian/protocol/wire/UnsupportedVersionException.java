package io.meridian.protocol.wire;

/// The message has no such version. Whoever takes versions from outside asks the table of supported versions first.
public final class UnsupportedVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedVersionException(String message) {
        super(message);
    }
}
