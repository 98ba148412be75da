package io.meridian.simulator;

import org.jspecify.annotations.Nullable;

/// What came of one seed.
///
/// @param events inputs that somebody handled: requests, replies, completions, messages, ticks
/// @param committed records acknowledged to producers that waited for all
/// @param faults crashes, failed storage calls, full disks and damaged files
/// @param storageCalls until no more faults struck
/// @param traceHash equal for two runs that went the same way
/// @param virtualMs how long the run took by its own clock
/// @param violation the promise that was broken; null when none was
/// @param cause where it was found out, when there was a violation
public record SeedReport(
        long seed,
        long events,
        long committed,
        long faults,
        long storageCalls,
        long traceHash,
        long virtualMs,
        @Nullable String violation,
        @Nullable Throwable cause) {
    /// One line whose end, typed in the project's directory at that commit, repeats the run.
    public String replayLine() {
        return "seed " + seed + " at commit " + SourceCommit.current() + ": " + violation
                + " | replay: mvn -pl broker/simulator -am test -Dtest=SimulationTest -Dsimulation.seeds=" + seed + ".."
                + seed + " -Dsurefire.failIfNoSpecifiedTests=false";
    }
}
