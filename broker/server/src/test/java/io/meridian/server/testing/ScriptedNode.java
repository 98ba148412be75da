package io.meridian.server.testing;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.effect.StartReport;
import io.meridian.engine.group.GroupCensus;
import io.meridian.engine.group.GroupCounters;
import io.meridian.engine.node.GroupStatistics;
import io.meridian.engine.node.NodeDetail;
import io.meridian.engine.node.NodeStatistics;
import io.meridian.engine.replication.TrafficCounters;
import io.meridian.log.state.SpaceLevel;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.storage.VolumeSpace;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.server.runtime.HostedNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A node that does what a test tells it and writes down what happened to it.
public final class ScriptedNode implements HostedNode {
    /// What the node does with a request.
    public interface Script {
        void onRequest(RequestContext context, RequestMessage request, Effects effects);
    }

    /// A message with a name.
    public record Note(String text) implements NodeMessage {}

    private final Effects effects = new Effects();
    private final Script script;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private volatile long nextDeadlineNs = Long.MAX_VALUE;
    private volatile boolean holdsReady;

    public ScriptedNode(Script script) {
        this.script = script;
    }

    public ScriptedNode() {
        this((_, _, _) -> {});
    }

    /// The node does not become ready by itself.
    public ScriptedNode holdingReady() {
        holdsReady = true;
        return this;
    }

    public List<String> events() {
        return List.copyOf(events);
    }

    public void wakeAt(long monotonicNs) {
        nextDeadlineNs = monotonicNs;
    }

    @Override
    public void start(Now now) {
        events.add("start");
        if (!holdsReady) {
            effects.add(new Effect.Ready(new StartReport("test-cluster", 1, 0, new TreeMap<>(), List.of())));
        }
    }

    @Override
    public void onRequest(RequestContext context, RequestMessage request, Now now) {
        events.add("request " + request.apiKey());
        script.onRequest(context, request, effects);
    }

    @Override
    public void onNodeMessage(NodeMessage message, Now now) {
        events.add(message instanceof Note(String text) ? text : message.toString());
    }

    @Override
    public void onStorageDone(StorageJob job, @Nullable StorageFault fault, Now now) {
        events.add("done " + job.lane() + (fault == null ? "" : " " + fault.kind()));
        job.complete(fault, now);
    }

    @Override
    public void tick(Now now) {
        events.add("tick");
        nextDeadlineNs = Long.MAX_VALUE;
    }

    @Override
    public void endTurn(Now now) {
        events.add("end");
    }

    @Override
    public void stop(Now now) {
        events.add("stop");
        effects.add(new Effect.Stopped());
    }

    @Override
    public long nextDeadlineNs() {
        return nextDeadlineNs;
    }

    @Override
    public Effects effects() {
        return effects;
    }

    @Override
    public NodeStatistics statistics() {
        return statistics(SpaceLevel.AMPLE);
    }

    @Override
    public NodeDetail detail(int offsetsMax) {
        return NodeDetail.NONE;
    }

    /// A node of three partitions that did nothing yet.
    public static NodeStatistics statistics(SpaceLevel level) {
        return statistics(level, GroupCensus.NONE);
    }

    /// The same with groups.
    public static NodeStatistics statistics(SpaceLevel level, GroupCensus census) {
        GroupStatistics groups = new GroupStatistics(census, 0, 0, 0, 0, new GroupCounters().snapshot());
        return new NodeStatistics(
                0,
                3,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                level,
                new VolumeSpace(100, 1),
                10,
                new TrafficCounters().snapshot(),
                groups);
    }
}
