package io.meridian.server.runtime;

/// The broker cannot start as it was asked to. The message is one line for the operator: what was found and what to do.
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
