package io.meridian.server.runtime;

import io.meridian.base.Now;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.log.storage.LogStorage;
import java.util.List;

/// Builds the nodes of a broker.
public interface NodeFactory {
    /// The nodes and the message that asks one to stop.
    ///
    /// @param nodes in the order of their numbers, as many as were asked for
    /// @param stop handed to every node once; a node then syncs and closes what it has and becomes STOPPED
    record Nodes(List<? extends HostedNode> nodes, NodeMessage stop) {}

    /// @param storage the log directory, held by this process alone
    /// @param count nodes, one per event loop
    /// @param seed for randomness that need not be repeated
    Nodes create(LogStorage storage, int count, long seed, Now now) throws StartRefused;
}
