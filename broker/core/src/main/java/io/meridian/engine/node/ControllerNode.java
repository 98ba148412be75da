package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.StartReport;
import io.meridian.engine.handler.ControllerMessage;
import io.meridian.engine.metadata.Controller;
import io.meridian.engine.metadata.ControllerCommand;
import io.meridian.engine.metadata.FileRoom;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.replication.LogFlusher;
import io.meridian.engine.replication.NodeBus;
import io.meridian.log.PartitionLog;
import io.meridian.log.storage.StorageFault;
import io.meridian.settings.BrokerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What node 0 does for the whole process: the controller, and the files that belong to the log directory.
///
/// The process is ready when every node has opened its partitions and the checkpoint names exactly these: from
/// then on an entry of a topic that is gone can mislead nobody.
final class ControllerNode {
    /// A volume without room is asked again after this.
    private static final long RETRY_MS = 1_000L;

    private final NodeSetup setup;
    private final LogFlusher flusher;
    private final NodeBus bus;
    private final Effects effects;
    private final ControllerLoop loop;
    private final List<CheckpointedOffsets> offsetsOfNodes = new ArrayList<>();
    private final List<LifecycleMessage.OffsetsReported> unanswered = new ArrayList<>();
    private final SortedMap<String, String> offline = new TreeMap<>();
    private List<String> unclaimedDirectories = List.of();
    private @Nullable LocalMetadataLog metadataLog;
    private int openedNodes;
    private int openedPartitions;
    private int closedNodes;
    private boolean clean = true;
    private boolean ready;
    private boolean checkpointInFlight;
    private boolean isClosing;
    private boolean checkpointDue;
    private long retryNs = Long.MAX_VALUE;

    ControllerNode(NodeSetup setup, LogFlusher flusher, NodeBus bus, Effects effects) {
        this.setup = setup;
        this.flusher = flusher;
        this.bus = bus;
        this.effects = effects;
        BrokerConfig config = setup.config();
        this.loop = new ControllerLoop(
                new Controller(
                        config.creation(),
                        config.topicDefaults(),
                        partitions -> setup.storage().hasRoomForFiles(partitions * FileRoom.FILES_PER_PARTITION)),
                setup.random().split(),
                bus,
                effects,
                setup.layout().nodeCount(),
                this::removeStrays,
                new ControllerCommand.StartBroker(
                        config.nodeId(),
                        setup.random().nextUuid(),
                        setup.host(),
                        setup.port(),
                        config.rack().isEmpty() ? null : config.rack(),
                        setup.directory().clusterId()));
        for (int node = 0; node < setup.layout().nodeCount(); node++) {
            offsetsOfNodes.add(CheckpointedOffsets.NONE);
        }
    }

    void start(Now now) {
        LocalMetadataLog log = new LocalMetadataLog(
                setup.storage(), setup.directory().openPoint(LocalMetadataLog.IDENTITY), now, flusher, effects);
        metadataLog = log;
        loop.start(log, now);
    }

    private void removeStrays(MetadataImage image, SortedMap<Uuid, String> removedTopics, Runnable then) {
        SeededRandom names = setup.random().split();
        effects.add(new Effect.Store(new StrayDirectories(
                setup.storage(), image, removedTopics, setup.directory()::isKnownDurable, names, (unclaimed, fault) -> {
                    unclaimedDirectories = unclaimed;
                    if (fault == null) {
                        then.run();
                    } else {
                        effects.add(new Effect.StopProcess(
                                "files of deleted topics cannot be removed: " + fault.getMessage()));
                    }
                })));
    }

    void stop() {
        loop.stop();
    }

    void at(Now now) {
        loop.at(now);
    }

    /// When [#tick] has something to do; [Long#MAX_VALUE] when it has not.
    long nextDeadlineNs() {
        return retryNs;
    }

    void tick(Now now) {
        if (now.monotonicNs() >= retryNs) {
            retryNs = Long.MAX_VALUE;
            writeCheckpoint();
        }
    }

    void onQuestion(ControllerMessage.Question question, Now now) {
        loop.onQuestion(question, now);
    }

    void onOpened(LifecycleMessage.PartitionsOpened opened) {
        offsetsOfNodes.set(opened.node(), opened.offsets());
        openedNodes++;
        openedPartitions += opened.partitionCount();
        offline.putAll(opened.offline());
        if (openedNodes == setup.layout().nodeCount()) {
            checkpointDue = true;
            writeCheckpoint();
        }
    }

    void onReported(LifecycleMessage.OffsetsReported reported) {
        offsetsOfNodes.set(reported.node(), reported.offsets());
        unanswered.add(reported);
        checkpointDue = true;
        writeCheckpoint();
    }

    void onClosed(LifecycleMessage.LogsClosed closed) {
        offsetsOfNodes.set(closed.node(), closed.offsets());
        clean &= closed.clean();
        closedNodes++;
        closeMetadataLogWhenDue();
    }

    /// One checkpoint at a time: what is reported meanwhile goes into the next.
    private void writeCheckpoint() {
        if (checkpointInFlight
                || isClosing
                || !checkpointDue
                || openedNodes < setup.layout().nodeCount()) {
            return;
        }
        checkpointInFlight = true;
        checkpointDue = false;
        List<LifecycleMessage.OffsetsReported> answered = List.copyOf(unanswered);
        unanswered.clear();
        effects.add(new Effect.Store(new CheckpointJob(
                setup.storage(),
                allOffsets(),
                OptionalLong.empty(),
                (fault, now) -> checkpointed(answered, fault, now))));
    }

    private void checkpointed(List<LifecycleMessage.OffsetsReported> answered, @Nullable StorageFault fault, Now now) {
        checkpointInFlight = false;
        if (fault != null && fault.kind() == StorageFault.Kind.FULL) {
            unanswered.addAll(0, answered);
            checkpointDue = true;
            retryNs = now.deadlineNs(RETRY_MS);
            closeMetadataLogWhenDue();
            return;
        }
        if (fault != null) {
            effects.add(new Effect.StopProcess("the checkpoints cannot be written: " + fault.getMessage()));
            return;
        }
        for (LifecycleMessage.OffsetsReported reported : answered) {
            bus.send(
                    reported.node(), new LifecycleMessage.OffsetsCheckpointed(reported.reportId(), reported.removed()));
        }
        if (!ready) {
            ready = true;
            effects.add(new Effect.Ready(report()));
        }
        writeCheckpoint();
        closeMetadataLogWhenDue();
    }

    private StartReport report() {
        BrokerImage self = loop.image().brokers().broker(setup.config().nodeId());
        return new StartReport(
                loop.image().clusterId(),
                self == null ? -1L : self.brokerEpoch(),
                openedPartitions,
                offline,
                unclaimedDirectories);
    }

    private void closeMetadataLogWhenDue() {
        if (closedNodes < setup.layout().nodeCount() || checkpointInFlight || isClosing) {
            return;
        }
        isClosing = true;
        LocalMetadataLog closing = metadataLog;
        PartitionLog log = closing == null ? null : closing.log();
        if (closing == null || log == null) {
            effects.add(new Effect.Stopped());
            return;
        }
        closing.close();
        effects.add(new Effect.Store(log.close(fault -> finish(clean && fault == null))));
    }

    private void finish(boolean markClean) {
        OptionalLong mark = markClean ? OptionalLong.of(report().brokerEpoch()) : OptionalLong.empty();
        effects.add(new Effect.Store(
                new CheckpointJob(setup.storage(), allOffsets(), mark, (_, _) -> effects.add(new Effect.Stopped()))));
    }

    private CheckpointedOffsets allOffsets() {
        CheckpointedOffsets all = CheckpointedOffsets.NONE;
        for (CheckpointedOffsets offsets : offsetsOfNodes) {
            all = all.and(offsets);
        }
        PartitionLog log = metadataLog == null ? null : metadataLog.log();
        return log == null ? all : all.and(CheckpointedOffsets.of(List.of(log)));
    }
}
