package io.meridian.server.runtime;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.node.NodeDetail;
import io.meridian.engine.node.NodeStatistics;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.wire.RequestMessage;
import org.jspecify.annotations.Nullable;

/// What a loop needs of the node it runs. Called on the loop's thread only; after every call the loop empties
/// [#effects()].
public interface HostedNode {
    /// Called once, before anything else.
    void start(Now now);

    void onRequest(RequestContext context, RequestMessage request, Now now);

    void onNodeMessage(NodeMessage message, Now now);

    /// @param fault what the job's run threw, null when it succeeded
    void onStorageDone(StorageJob job, @Nullable StorageFault fault, Now now);

    /// The moment of [#nextDeadlineNs()] has come.
    void tick(Now now);

    /// The events of a loop turn have been handled: what was collected for them together is planned now.
    void endTurn(Now now);

    /// Sync and close everything; the effect `Stopped` of one node says that all have.
    void stop(Now now);

    /// The monotonic moment at which [#tick] is due; [Long#MAX_VALUE] when never.
    long nextDeadlineNs();

    Effects effects();

    NodeStatistics statistics();

    /// What is known of single partitions and groups, the latter up to so many offsets.
    NodeDetail detail(int offsetsMax);
}
