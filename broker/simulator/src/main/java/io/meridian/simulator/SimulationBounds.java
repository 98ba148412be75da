package io.meridian.simulator;

/// What every seed must at least go through to count as a test.
public final class SimulationBounds {
    /// Records acknowledged to producers that wait for all.
    public static final long COMMITTED_MIN = 1_000;

    /// Crashes, failed storage calls and damages.
    public static final long FAULTS_MIN = 3;

    private SimulationBounds() {}
}
