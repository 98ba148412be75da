package io.meridian.server.runtime;

import io.meridian.engine.effect.StartReport;
import io.meridian.settings.ConnectionLimits;

/// Hears what the nodes say about the process as a whole. Called on a loop's thread.
public interface LoopListener {
    /// Every node has opened its partitions.
    void onReady(StartReport report);

    /// How many connections there may be from now on. Comes before [#onReady] too.
    void onConnectionLimits(ConnectionLimits limits);

    /// Every log is closed.
    void onStopped();
}
