package io.meridian.server.file;

import java.util.concurrent.atomic.LongAdder;

/// What was made durable so far. Safe to use from any thread.
public final class ForceStatistics {
    private final LongAdder rounds = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder durationNs = new LongAdder();

    void onForce(int forcedFiles, long tookNs) {
        rounds.increment();
        files.add(forcedFiles);
        durationNs.add(tookNs);
    }

    /// Calls that asked the device to keep what it has: one per file, or one for a whole file system.
    public long rounds() {
        return rounds.sum();
    }

    /// Files made durable by those calls.
    public long files() {
        return files.sum();
    }

    /// Time spent in those calls, by all threads together.
    public long durationNs() {
        return durationNs.sum();
    }
}
