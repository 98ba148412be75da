package io.meridian.engine.replication;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.PartitionAnswer.LogSize;
import io.meridian.engine.replication.PartitionAnswer.LogsMeasured;
import io.meridian.engine.replication.PartitionAnswer.MeasuredVolume;
import io.meridian.engine.replication.PartitionMessage.AwaitServing;
import io.meridian.engine.replication.PartitionMessage.MeasureLogs;
import io.meridian.log.FlushPolicy;
import io.meridian.log.LogConfig;
import io.meridian.log.LogIdentity;
import io.meridian.log.OpenPoint;
import io.meridian.log.OpenResult;
import io.meridian.log.PartitionLog;
import io.meridian.log.segment.ReadMemory;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The partitions of one node, kept in step with the metadata: opened when they appear, renamed away when their
/// topic is deleted. Files of a topic are touched only on the word of a committed record.
public final class PartitionTable {
    private final int brokerId;
    private final NodeLayout layout;
    private final LogStorage storage;
    private final OpenPoints openPoints;
    private final TopicLogRules rules;
    private final SeededRandom random;
    private final LogFlusher flusher;
    private final NodeBus bus;
    private final Effects effects;
    private final ReadMemory memory;
    private final Map<TopicIdPartition, PartitionReplica> replicas = new LinkedHashMap<>();
    /// Directories whose former partition is not forgotten yet, with the openings that wait for the name. All but
    /// the last of them are of topics deleted again meanwhile.
    private final Map<String, Deque<StorageJob>> leaving = new LinkedHashMap<>();

    private final ServingWaits servingWaits;
    private final TrafficCounters traffic = new TrafficCounters();
    private final Set<PartitionReplica> intendedStarts = new LinkedHashSet<>();
    private final List<PartitionReplica> waitingForSpace = new ArrayList<>();
    private MetadataImage image = MetadataImage.EMPTY;
    private final Map<String, ReplicaWatcher> watchers = new TreeMap<>();
    private int openingCount;
    private Consumer<String> whenRemoved = _ -> {};

    /// Where recovery of a partition's log begins that was there when the process started.
    @FunctionalInterface
    public interface OpenPoints {
        OpenPoint of(LogIdentity identity);
    }

    public PartitionTable(
            int brokerId,
            NodeLayout layout,
            LogStorage storage,
            OpenPoints openPoints,
            TopicLogRules rules,
            SeededRandom random,
            LogFlusher flusher,
            NodeBus bus,
            Effects effects,
            ReadMemory memory) {
        this.brokerId = brokerId;
        this.layout = layout;
        this.storage = storage;
        this.openPoints = openPoints;
        this.rules = rules;
        this.random = random;
        this.flusher = flusher;
        this.bus = bus;
        this.effects = effects;
        this.memory = memory;
        this.servingWaits = new ServingWaits(bus, this::isOpening);
    }

    /// Sets who hears that the files under a directory's name are gone. Until that one says [#forgotten], no
    /// partition of the same name is opened: what the checkpoints say of the old one must not be believed of the
    /// new one.
    public void onRemoved(Consumer<String> listener) {
        whenRemoved = listener;
    }

    /// Sets who hears of the partitions of a topic; to be said before the first metadata.
    public void watch(String topic, ReplicaWatcher watcher) {
        watchers.put(topic, watcher);
    }

    /// Nothing durable names the former partition of this directory any more.
    public void forgotten(String directoryName) {
        Deque<StorageJob> waiting = leaving.get(directoryName);
        StorageJob next = waiting == null ? null : waiting.poll();
        if (next != null) {
            effects.add(new Effect.Store(next));
        }
        if (waiting == null || waiting.isEmpty()) {
            leaving.remove(directoryName);
        }
    }

    public @Nullable PartitionReplica find(TopicIdPartition partition) {
        return replicas.get(partition);
    }

    /// In the order in which they were opened.
    public Collection<PartitionReplica> all() {
        return replicas.values();
    }

    /// What all of them did, and those that are gone.
    public TrafficCounters traffic() {
        return traffic;
    }

    /// The log of `replica` is to begin further on, as soon as that is durable.
    public void startIntended(PartitionReplica replica) {
        intendedStarts.add(replica);
    }

    /// Whether starts of logs wait to be made durable.
    public boolean hasIntendedStarts() {
        return !intendedStarts.isEmpty();
    }

    /// The partitions whose logs are to begin further on; each is returned once per intention.
    public List<PartitionReplica> takeIntendedStarts() {
        List<PartitionReplica> taken = List.copyOf(intendedStarts);
        intendedStarts.clear();
        return taken;
    }

    /// Partitions whose logs are being recovered.
    public int openingCount() {
        return openingCount;
    }

    /// Answers with the sizes of the logs that serve, after a look at the volume when that is asked for.
    void measure(MeasureLogs request) {
        if (request.withVolume()) {
            effects.add(new Effect.Store(
                    new VolumeJob(storage, volume -> bus.send(request.originNode(), measured(request, volume)))));
        } else {
            bus.send(request.originNode(), measured(request, null));
        }
    }

    private LogsMeasured measured(MeasureLogs request, @Nullable MeasuredVolume volume) {
        List<LogSize> sizes = new ArrayList<>(replicas.size());
        for (PartitionReplica replica : replicas.values()) {
            PartitionLog log = replica.log();
            if (log != null) {
                LogIdentity identity = replica.identity();
                sizes.add(new LogSize(identity.topic(), identity.partition(), log.sizeBytes()));
            }
        }
        return new LogsMeasured(request.operationId(), sizes, volume);
    }

    void awaitServing(AwaitServing request) {
        servingWaits.await(request);
    }

    private boolean isOpening(TopicIdPartition partition) {
        PartitionReplica replica = replicas.get(partition);
        return replica != null && replica.isOpening();
    }

    public void onMetadata(MetadataDelta delta, Now now) {
        for (TopicImage deleted : delta.deletedTopics()) {
            for (PartitionImage partition : deleted.partitions()) {
                delete(new TopicIdPartition(deleted.topicId(), partition.partition()));
            }
        }
        image = delta.after();
        for (Uuid topicId : delta.changedTopics()) {
            TopicImage topic = image.topics().byId(topicId);
            if (topic != null) {
                applyTopic(delta, topic, now);
            }
        }
        for (String topic : delta.changedTopicConfigs()) {
            configure(image.topics().byName(topic));
        }
        if (delta.brokerConfigsChanged()) {
            for (TopicImage topic : image.topics().inNameOrder()) {
                configure(topic);
            }
        }
        servingWaits.metadataArrived(image.metadataOffset());
    }

    /// Partitions that cannot serve, by name, with the reason.
    public SortedMap<String, String> offline() {
        SortedMap<String, String> reasons = new TreeMap<>();
        for (PartitionReplica replica : replicas.values()) {
            String reason = replica.offlineReason();
            if (reason != null) {
                reasons.put(replica.name(), reason);
            }
        }
        return reasons;
    }

    private void applyTopic(MetadataDelta delta, TopicImage topic, Now now) {
        int minInSyncReplicas = rules.minInSyncReplicas(image, topic.name());
        LogConfig config = rules.logConfig(image, topic.name());
        for (PartitionImage partition : delta.changedPartitions(topic.topicId())) {
            TopicIdPartition id = new TopicIdPartition(topic.topicId(), partition.partition());
            if (!layout.owns(id) || !partition.replicas().contains(brokerId)) {
                continue;
            }
            PartitionReplica existing = replicas.get(id);
            if (existing != null) {
                existing.update(partition, minInSyncReplicas);
            } else {
                open(delta, topic.name(), id, partition, minInSyncReplicas, config, now);
            }
        }
    }

    private void open(
            MetadataDelta delta,
            String topic,
            TopicIdPartition id,
            PartitionImage partition,
            int minInSyncReplicas,
            LogConfig config,
            Now now) {
        boolean isStart = delta.before().metadataOffset() < 0;
        LogIdentity identity = new LogIdentity(topic, id.topicId(), id.partition());
        OpenPoint openPoint = isStart ? openPoints.of(identity) : OpenPoint.NEW;
        PartitionReplica replica = new PartitionReplica(
                identity,
                id,
                partition,
                openPoint,
                minInSyncReplicas,
                flusher,
                bus,
                watchers.getOrDefault(topic, ReplicaWatcher.NONE),
                traffic);
        replicas.put(id, replica);
        StorageJob job = opening(replica, openPoint, config, now);
        Deque<StorageJob> waiting = leaving.get(identity.directoryName());
        if (waiting == null) {
            effects.add(new Effect.Store(job));
        } else {
            waiting.add(job);
        }
    }

    private StorageJob opening(PartitionReplica replica, OpenPoint openPoint, LogConfig config, Now now) {
        openingCount++;
        LogIdentity identity = replica.identity();
        MetadataImage configuredBy = image;
        return PartitionLog.open(
                storage, identity, config, openPoint, memory, now, result -> opened(replica, configuredBy, result));
    }

    /// Whether a partition is offline only because its log found no room when it was opened.
    public boolean isWaitingForSpace() {
        return !waitingForSpace.isEmpty();
    }

    /// Opens again what found no room. Nothing was promised of it since the checkpoints were read.
    public void retryOpenings(Now now) {
        List<PartitionReplica> waiting = List.copyOf(waitingForSpace);
        waitingForSpace.clear();
        for (PartitionReplica replica : waiting) {
            if (replicas.get(replica.id()) == replica) {
                replica.opensAgain();
                LogConfig config = rules.logConfig(image, replica.identity().topic());
                effects.add(new Effect.Store(opening(replica, replica.openPoint(), config, now)));
            }
        }
    }

    /// @param configuredBy the metadata that the log was given its settings from
    private void opened(PartitionReplica replica, MetadataImage configuredBy, OpenResult result) {
        openingCount--;
        if (replicas.get(replica.id()) != replica) {
            if (result instanceof OpenResult.Opened(PartitionLog log, var _)) {
                removeFiles(log);
            } else {
                removeFiles(replica.identity());
            }
            return;
        }
        switch (result) {
            case OpenResult.Opened(PartitionLog log, var _) -> {
                if (!image.configs().equals(configuredBy.configs())) {
                    log.configure(rules.logConfig(image, replica.identity().topic()));
                }
                replica.opened(log);
            }
            case OpenResult.Damaged(String reason) -> replica.goOffline(reason);
            case OpenResult.Faulted(var fault) -> {
                replica.goOffline(String.valueOf(fault.getMessage()));
                if (fault.kind() == StorageFault.Kind.FULL) {
                    waitingForSpace.add(replica);
                }
            }
        }
        servingWaits.openingEnded(replica.id());
    }

    /// Hands the rules in force to every log of the topic. A log that is still opening takes them when it is open.
    private void configure(@Nullable TopicImage topic) {
        if (topic == null) {
            return;
        }
        int minInSyncReplicas = rules.minInSyncReplicas(image, topic.name());
        LogConfig config = rules.logConfig(image, topic.name());
        for (PartitionImage partition : topic.partitions()) {
            PartitionReplica replica = replicas.get(new TopicIdPartition(topic.topicId(), partition.partition()));
            if (replica == null) {
                continue;
            }
            replica.update(partition, minInSyncReplicas);
            PartitionLog log = replica.log();
            if (log != null) {
                configure(log, config);
            }
        }
    }

    /// What was acknowledged under another policy is made durable as well when a log is to sync from now on.
    private void configure(PartitionLog log, LogConfig config) {
        boolean syncsFromNowOn =
                log.config().flushPolicy() == FlushPolicy.OS && config.flushPolicy() == FlushPolicy.ACK;
        log.configure(config);
        if (syncsFromNowOn) {
            flusher.syncWritten(log);
        }
    }

    private void delete(TopicIdPartition id) {
        PartitionReplica replica = replicas.remove(id);
        if (replica == null) {
            return;
        }
        PartitionLog log = replica.log();
        boolean isOpening = replica.isOpening();
        replica.close(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        servingWaits.openingEnded(id);
        if (log != null) {
            removeFiles(log);
        } else if (isOpening) {
            leaves(replica.identity());
        } else {
            removeFiles(replica.identity());
        }
    }

    private void leaves(LogIdentity identity) {
        leaving.putIfAbsent(identity.directoryName(), new ArrayDeque<>());
    }

    private void removeFiles(PartitionLog log) {
        String directoryName = log.identity().directoryName();
        leaves(log.identity());
        effects.add(new Effect.Store(log.delete(random.nextUuid().toString(), _ -> whenRemoved.accept(directoryName))));
    }

    private void removeFiles(LogIdentity identity) {
        String directoryName = identity.directoryName();
        leaves(identity);
        effects.add(new Effect.Store(PartitionLog.deleteUnopened(
                storage, identity, random.nextUuid().toString(), _ -> whenRemoved.accept(directoryName))));
    }

    /// Takes every partition out of service and returns the logs that were serving.
    public List<PartitionLog> closeAll() {
        List<PartitionLog> logs = new ArrayList<>(replicas.size());
        for (PartitionReplica replica : replicas.values()) {
            PartitionLog log = replica.log();
            replica.close(ErrorCode.NOT_LEADER_OR_FOLLOWER);
            servingWaits.openingEnded(replica.id());
            if (log != null) {
                logs.add(log);
            }
        }
        return logs;
    }
}
