package io.meridian.server.runtime;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.node.BrokerNode;
import io.meridian.engine.node.NodeDetail;
import io.meridian.engine.node.NodeStatistics;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.wire.RequestMessage;
import org.jspecify.annotations.Nullable;

/// A node of the engine, as a loop hosts it.
public record EngineNode(BrokerNode node) implements HostedNode {
    @Override
    public void start(Now now) {
        node.start(now);
    }

    @Override
    public void onRequest(RequestContext context, RequestMessage request, Now now) {
        node.onRequest(context, request, now);
    }

    @Override
    public void onNodeMessage(NodeMessage message, Now now) {
        node.onNodeMessage(message, now);
    }

    @Override
    public void onStorageDone(StorageJob job, @Nullable StorageFault fault, Now now) {
        node.onStorageDone(job, fault, now);
    }

    @Override
    public void tick(Now now) {
        node.tick(now);
    }

    @Override
    public void endTurn(Now now) {
        node.endTurn(now);
    }

    @Override
    public void stop(Now now) {
        node.stop(now);
    }

    @Override
    public long nextDeadlineNs() {
        return node.nextDeadlineNs();
    }

    @Override
    public Effects effects() {
        return node.effects();
    }

    @Override
    public NodeStatistics statistics() {
        return node.statistics();
    }

    @Override
    public NodeDetail detail(int offsetsMax) {
        return node.detail(offsetsMax);
    }
}
