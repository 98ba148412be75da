package io.meridian.simulator.disk;

/// Thrown out of a storage call at which the process dies. Nothing on the way may catch it.
public final class CrashNow extends Error {
    private static final long serialVersionUID = 1L;

    private final CrashKind kind;

    public CrashNow(CrashKind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    public CrashKind kind() {
        return kind;
    }
}
