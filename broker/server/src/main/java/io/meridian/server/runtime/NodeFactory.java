package io.meridian.server.runtime;

import io.meridian.base.SeededRandom;
import io.meridian.log.storage.LogStorage;
import java.util.List;

/// Builds the nodes of a broker.
public interface NodeFactory {
    /// What the nodes of a broker are built around.
    ///
    /// @param storage the log directory, held by this process alone
    /// @param count nodes, one per event loop
    /// @param host where the listener for clients will be
    /// @param port its port, never 0
    /// @param random of this start
    record Site(LogStorage storage, int count, String host, int port, SeededRandom random) {}

    /// The nodes in the order of their numbers, [Site#count()] of them. May block on the storage.
    ///
    /// @throws StartRefused when the directory is not for this process
    List<? extends HostedNode> create(Site site) throws StartRefused;
}
