package io.meridian.simulator.disk;

/// How a process ended without warning.
public enum CrashKind {
    /// The process alone died: everything written stays, forced or not.
    PROCESS_KILL,
    /// The machine lost power: of everything not forced, any part may be gone.
    POWER_LOSS
}
