package io.meridian.server.file;

/// A data directory that cannot be used now. The message is one line for the operator.
public final class DirectoryLocked extends Exception {
    private static final long serialVersionUID = 1L;

    DirectoryLocked(String message) {
        super(message);
    }
}
