package io.meridian.simulator.world;

import io.meridian.simulator.disk.CrashKind;

/// Unwinds the stack when the broker asks to be stopped: nothing more of the current turn happens.
public final class ProcessStops extends Error {
    private static final long serialVersionUID = 1L;

    private final CrashKind kind;

    ProcessStops(CrashKind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    /// What happens to the process as it ends.
    public CrashKind kind() {
        return kind;
    }
}
