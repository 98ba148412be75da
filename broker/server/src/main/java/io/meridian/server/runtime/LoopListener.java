package io.meridian.server.runtime;

import io.meridian.engine.effect.StartReport;

/// Hears what the nodes say about the process as a whole. Called on a loop's thread.
public interface LoopListener {
    /// Every node has opened its partitions.
    void onReady(StartReport report);

    /// How many connections may be open from now on, in all and from one address. Comes before [#onReady] too.
    void onConnectionLimits(int totalMax, int perAddressMax);

    /// Every log is closed.
    void onStopped();
}
