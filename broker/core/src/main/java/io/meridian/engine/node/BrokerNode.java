package io.meridian.engine.node;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.handler.ControllerClient;
import io.meridian.engine.handler.ControllerMessage;
import io.meridian.engine.handler.CoordinatorMessage;
import io.meridian.engine.handler.FetchSessions;
import io.meridian.engine.handler.GroupClient;
import io.meridian.engine.handler.NodeScope;
import io.meridian.engine.handler.RequestHandlers;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.replication.LogFlusher;
import io.meridian.engine.replication.NodeBus;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionHost;
import io.meridian.engine.replication.PartitionMessage;
import io.meridian.engine.replication.PartitionReplica;
import io.meridian.engine.replication.PartitionTable;
import io.meridian.log.LogIdentity;
import io.meridian.log.PartitionLog;
import io.meridian.log.segment.ReadMemory;
import io.meridian.log.state.SpaceLevel;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.settings.ConnectionLimits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One node of a broker: what a loop drives. Deterministic: the same calls with the same arguments emit the same
/// effects.
///
/// The caller makes one call at a time, empties [#effects()] after each in order, calls [#endTurn] after the events
/// of a turn and [#tick] when [#nextDeadlineNs()] has come. It begins with [#start] and may end with [#stop].
public final class BrokerNode {
    private final Effects effects = new Effects();
    private final NodeLayout layout;
    private final NodeBus bus;
    private final LogFlusher flusher;
    private final PartitionTable table;
    private final PartitionHost host;
    private final NodeScope scope;
    private final ControllerClient controllerClient;
    private final GroupClient groupClient;
    private final GroupHost groupHost;
    private final FetchSessions sessions;
    private final RequestHandlers handlers;
    private final NodeMaintenance maintenance;
    private final RetentionTimer retention;
    private final SpaceWatch space;
    private final @Nullable ControllerNode controller;
    private boolean opened;

    public BrokerNode(NodeSetup setup) {
        this.layout = setup.layout();
        this.bus = new NodeBus(layout.nodeIndex(), effects);
        this.flusher = new LogFlusher(setup.storage(), effects);
        this.table = new PartitionTable(
                setup.config().nodeId(),
                layout,
                setup.storage(),
                setup.directory()::openPoint,
                new ConfiguredLogRules(setup.config()),
                setup.random().split(),
                flusher,
                bus,
                effects,
                new ReadMemory(setup.hotBytes()));
        this.host = new PartitionHost(table, flusher, bus, effects);
        this.scope = new NodeScope(setup.config(), layout, bus, effects, setup.authorizer());
        this.controllerClient = new ControllerClient(layout, bus);
        this.groupClient = new GroupClient(scope);
        this.groupHost = new GroupHost(
                setup.config().groups(), table, bus, effects, setup.random().split());
        int sessionSlots = Math.max(1, setup.config().fetchSessionSlots() / layout.nodeCount());
        this.sessions = new FetchSessions(sessionSlots, setup.random().split());
        this.handlers = new RequestHandlers(scope, controllerClient, groupClient, sessions);
        this.maintenance = new NodeMaintenance(
                layout.nodeIndex(),
                setup.storage(),
                table,
                setup.directory(),
                flusher,
                bus,
                effects,
                setup.config().checkpointIntervalMs());
        this.retention = new RetentionTimer(table, maintenance, setup.config().retentionCheckIntervalMs());
        this.space = new SpaceWatch(layout, setup.config().space(), setup.storage(), table, flusher, bus, effects);
        this.controller = layout.nodeIndex() == NodeLayout.CONTROLLER_NODE
                ? new ControllerNode(setup, flusher, bus, effects)
                : null;
    }

    /// Begins. The controller's node opens the metadata log; the others wait for what it publishes.
    public void start(Now now) {
        space.start();
        retention.start(now);
        if (controller != null) {
            controller.start(now);
        }
        settle(now);
    }

    /// A request that was decoded and may be served.
    public void onRequest(RequestContext context, RequestMessage request, Now now) {
        handlers.handle(context, request, now);
        settle(now);
    }

    public void onNodeMessage(NodeMessage message, Now now) {
        dispatch(message, now);
        settle(now);
    }

    /// `job` was run; `fault` is what it threw, or null.
    public void onStorageDone(StorageJob job, @Nullable StorageFault fault, Now now) {
        if (controller != null) {
            controller.at(now);
        }
        if (fault != null && fault.isOfLogDirectory()) {
            effects.add(LogFlusher.directoryLost(fault));
        }
        job.complete(fault, now);
        settle(now);
    }

    public void tick(Now now) {
        host.tick(now);
        scope.operations().tick(now);
        groupHost.tick(now);
        maintenance.tick(now);
        retention.tick(now);
        space.tick(now);
        if (controller != null) {
            controller.tick(now);
        }
        settle(now);
    }

    /// Plans what the events of this turn left to be written together.
    public void endTurn(Now now) {
        host.endTurn(now);
        settle(now);
    }

    /// Takes the partitions out of service and closes their logs; the controller's node says when all are closed.
    public void stop(Now now) {
        if (controller != null) {
            controller.stop();
        }
        retention.stop();
        space.stop();
        maintenance.stop();
        settle(now);
    }

    /// The monotonic moment at which [#tick] has something to do; [Long#MAX_VALUE] when it has not.
    public long nextDeadlineNs() {
        long requests = Math.min(host.nextDeadlineNs(), scope.operations().nextDeadlineNs());
        long upkeep = Math.min(maintenance.nextDeadlineNs(), retention.nextDeadlineNs());
        long checkpoint = controller == null ? Long.MAX_VALUE : controller.nextDeadlineNs();
        long groups = Math.min(groupHost.nextDeadlineNs(), space.nextDeadlineNs());
        return Math.min(Math.min(requests, upkeep), Math.min(checkpoint, groups));
    }

    public Effects effects() {
        return effects;
    }

    /// The newest metadata that reached this node.
    public MetadataImage image() {
        return scope.image();
    }

    /// The partitions of this node, for checks and statistics.
    public PartitionTable partitions() {
        return table;
    }

    public NodeStatistics statistics() {
        long logBytes = 0;
        long online = 0;
        long offline = 0;
        long underReplicated = 0;
        long parkedProduces = 0;
        long parkedFetches = 0;
        for (PartitionReplica replica : table.all()) {
            PartitionLog log = replica.log();
            if (log != null) {
                online++;
                logBytes += log.sizeBytes();
            } else if (replica.offlineReason() != null) {
                offline++;
            }
            underReplicated += replica.isUnderReplicated() ? 1 : 0;
            parkedProduces += replica.parkedProduceCount();
            parkedFetches += replica.parkedFetchCount();
        }
        return new NodeStatistics(
                logBytes,
                online,
                offline,
                underReplicated,
                parkedProduces,
                parkedFetches,
                scope.operations().size() + controllerClient.waitingCount() + groupClient.waitingCount(),
                sessions.size(),
                flusher.roundCount(),
                flusher.syncedLogCount(),
                flusher.unsyncedCount(),
                flusher.space().level(),
                space.latest(),
                space.lowWatermarkBytes(),
                table.traffic().snapshot(),
                groupHost.statistics());
    }

    /// What is known of single partitions and groups.
    ///
    /// @param offsetsMax how many committed offsets may be named
    public NodeDetail detail(int offsetsMax) {
        List<NodeDetail.PartitionOffsets> partitions =
                new ArrayList<>(table.all().size());
        for (PartitionReplica replica : table.all()) {
            PartitionLog log = replica.log();
            LogIdentity identity = replica.identity();
            if (log != null && !TopicNameRule.isInternal(identity.topic())) {
                partitions.add(new NodeDetail.PartitionOffsets(
                        identity.topic(), identity.partition(), log.logStartOffset(), log.highWatermark()));
            }
        }
        return new NodeDetail(partitions, groupHost.committed(offsetsMax));
    }

    private void settle(Now now) {
        NodeMessage message = bus.pollOwn();
        while (message != null) {
            dispatch(message, now);
            message = bus.pollOwn();
        }
        maintenance.persistStarts();
        if (flusher.hasPlanned()) {
            maintenance.appended(now);
            space.writing(now);
        }
        if (flusher.isStalled() || table.isWaitingForSpace()) {
            space.onStalled(now);
        }
        if (!opened && scope.image().metadataOffset() >= 0 && table.openingCount() == 0) {
            opened = true;
            maintenance.opened();
            settle(now);
        }
        maintenance.closeWhenQuiet();
    }

    private void dispatch(NodeMessage message, Now now) {
        switch (message) {
            case PartitionMessage forPartitions -> host.onMessage(forPartitions, now);
            case PartitionAnswer answer -> scope.operations().onAnswer(answer, now);
            case ControllerMessage.Question question -> controller().onQuestion(question, now);
            case ControllerMessage.Answer answer -> controllerClient.onAnswer(answer);
            case CoordinatorMessage.AskGroups ask -> groupHost.onQuestion(ask, now);
            case CoordinatorMessage.Answered answered -> groupClient.onAnswer(answered);
            case LifecycleMessage.MetadataPublished(MetadataDelta delta) -> {
                scope.publish(delta.after());
                table.onMetadata(delta, now);
                limitConnections(delta);
                groupHost.onMetadata(delta, now);
            }
            case LifecycleMessage.PartitionsOpened partitions -> controller().onOpened(partitions);
            case LifecycleMessage.OffsetsReported reported -> controller().onReported(reported);
            case LifecycleMessage.LogsClosed closed -> controller().onClosed(closed);
            case LifecycleMessage.OffsetsCheckpointed done -> maintenance.onCheckpointed(done, now);
            case LifecycleMessage.SpaceLevelFound(SpaceLevel level) -> space.onTold(level, now);
            default -> throw Invariant.unreachable("a node got a message of " + message.getClass());
        }
    }

    /// One node speaks for the process: at the start, and whenever a broker's configuration changed.
    private void limitConnections(MetadataDelta delta) {
        boolean isStart = delta.before().metadataOffset() < 0;
        if (controller != null && (isStart || delta.brokerConfigsChanged())) {
            effects.add(new Effect.LimitConnections(ConnectionLimits.of(scope.brokerConfig())));
        }
    }

    private ControllerNode controller() {
        return Invariant.present(controller, "a message for the controller came to node " + layout.nodeIndex());
    }
}
