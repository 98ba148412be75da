package io.meridian.log.storage;

import org.jspecify.annotations.Nullable;

/// A file operation that failed: a typed result of the port, handled where the log or the partition decides what to
/// take out of service.
public final class StorageFault extends Exception {
    private static final long serialVersionUID = 1L;

    /// What went wrong, as far as the log treats it differently.
    public enum Kind {
        /// The device or the operating system refused or failed the operation.
        IO,
        /// There is no space left.
        FULL,
        /// No such file or directory.
        MISSING,
        /// The name is taken.
        EXISTS,
        /// The bytes read are not what the log wrote.
        CORRUPT
    }

    private final Kind kind;
    private final String path;

    public StorageFault(Kind kind, String path, String detail, @Nullable Throwable cause) {
        super(kind + " " + path + ": " + detail, cause);
        this.kind = kind;
        this.path = path;
    }

    public StorageFault(Kind kind, String path, String detail) {
        this(kind, path, detail, null);
    }

    /// Whether the log directory itself failed. What names are in it is then unknown, and a later success of the same
    /// operation proves nothing, so no checkpoint can be trusted from here on.
    public boolean isOfLogDirectory() {
        return kind == Kind.IO && path.isEmpty();
    }

    public Kind kind() {
        return kind;
    }

    public String path() {
        return path;
    }
}
