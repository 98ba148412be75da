package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.ShardRuntime;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.group.GroupCensus;
import io.meridian.engine.group.GroupCounters;
import io.meridian.engine.group.GroupOffset;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.group.GroupShard;
import io.meridian.engine.handler.CoordinatorMessage;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.metadata.image.TopicsImage;
import io.meridian.engine.replication.NodeBus;
import io.meridian.engine.replication.PartitionReplica;
import io.meridian.engine.replication.PartitionTable;
import io.meridian.engine.replication.ReplicaRecords;
import io.meridian.engine.replication.ReplicaWatcher;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.wire.Message;
import io.meridian.settings.GroupConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The coordinators of groups on this node: one for each partition of the offsets topic that the node leads.
final class GroupHost implements ReplicaWatcher {
    private final GroupConfig config;
    private final NodeBus bus;
    private final Effects effects;
    private final SeededRandom random;
    private final GroupCounters counters = new GroupCounters();
    private final Map<TopicIdPartition, ShardRuntime<GroupQuestion>> runtimes = new LinkedHashMap<>();
    private TopicsImage topics = TopicsImage.EMPTY;

    GroupHost(GroupConfig config, PartitionTable table, NodeBus bus, Effects effects, SeededRandom random) {
        this.config = config;
        this.bus = bus;
        this.effects = effects;
        this.random = random;
        table.watch(TopicNameRule.CONSUMER_OFFSETS, this);
    }

    @Override
    public void leads(PartitionReplica replica) {
        ShardRuntime<GroupQuestion> runtime = new ShardRuntime<>(
                new ReplicaRecords(replica, effects),
                () -> new GroupShard(config, random.split(), counters),
                this::answer);
        runtimes.put(replica.id(), runtime);
        runtime.start(forgetUnknownTopics());
    }

    @Override
    public void highWatermarkAdvanced(PartitionReplica replica) {
        ShardRuntime<GroupQuestion> runtime = runtimes.get(replica.id());
        if (runtime != null) {
            runtime.advanced();
        }
    }

    @Override
    public void left(PartitionReplica replica, ErrorCode error) {
        ShardRuntime<GroupQuestion> runtime = runtimes.get(replica.id());
        if (runtime == null) {
            return;
        }
        runtime.end(ErrorCode.NOT_COORDINATOR);
        if (error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
            runtimes.remove(replica.id());
        }
    }

    /// What groups have read of a deleted topic says nothing of a later topic of the same name.
    void onMetadata(MetadataDelta delta, Now now) {
        topics = delta.after().topics();
        if (!delta.deletedTopics().isEmpty()) {
            runtimes.values().forEach(runtime -> runtime.tell(forgetUnknownTopics(), now));
        }
    }

    private GroupQuestion forgetUnknownTopics() {
        TopicsImage known = topics;
        return new GroupQuestion.ForgetUnknownTopics((name, topicId) -> {
            TopicImage topic = known.byName(name);
            return topic != null && (topicId.equals(Uuid.ZERO) || topicId.equals(topic.topicId()));
        });
    }

    /// A partition that the metadata gave to this node and that is not open yet is about to be loaded.
    void onQuestion(CoordinatorMessage.AskGroups ask, Now now) {
        ShardRuntime<GroupQuestion> runtime = runtimes.get(ask.partition());
        if (runtime == null) {
            answer(ask.asker(), Outcome.rejected(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
        } else {
            runtime.ask(ask.question(), ask.asker(), now);
        }
    }

    private void answer(Asker asker, Outcome<Message> outcome) {
        bus.send(asker.originNode(), new CoordinatorMessage.Answered(asker.questionId(), outcome));
    }

    void tick(Now now) {
        for (ShardRuntime<GroupQuestion> runtime : runtimes.values()) {
            runtime.tick(now);
        }
    }

    GroupStatistics statistics() {
        GroupCensus census = GroupCensus.NONE;
        long loading = 0;
        long serving = 0;
        long unreadable = 0;
        long parked = 0;
        for (ShardRuntime<GroupQuestion> runtime : runtimes.values()) {
            if (runtime.active() instanceof GroupShard shard) {
                census = census.plus(shard.census());
                serving++;
            }
            loading += runtime.isLoading() ? 1 : 0;
            unreadable += runtime.failure() != null ? 1 : 0;
            parked += runtime.parkedCount();
        }
        return new GroupStatistics(census, loading, serving, unreadable, parked, counters.snapshot());
    }

    /// What groups have committed, at most `countMax` offsets.
    List<GroupOffset> committed(int countMax) {
        List<GroupOffset> committed = new ArrayList<>();
        for (ShardRuntime<GroupQuestion> runtime : runtimes.values()) {
            if (runtime.active() instanceof GroupShard shard) {
                committed.addAll(shard.committed(countMax - committed.size()));
            }
        }
        return committed;
    }

    long nextDeadlineNs() {
        long earliest = Long.MAX_VALUE;
        for (ShardRuntime<GroupQuestion> runtime : runtimes.values()) {
            earliest = Math.min(earliest, runtime.nextDeadlineNs());
        }
        return earliest;
    }
}
