package io.meridian.simulator.client;

import io.meridian.base.Uuid;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.meridian.protocol.message.CreateTopicsResponse;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.meridian.protocol.message.DeleteRecordsResponse;
import io.meridian.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.meridian.protocol.message.DeleteTopicsResponse;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.meridian.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.meridian.simulator.checker.ClusterHistory.ListedTopic;
import io.meridian.simulator.checker.PartitionHistory;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An administrator: creates and deletes topics until each is done, and between that looks at the metadata and at
/// offsets.
public final class AdminClient extends ModelClient {
    private static final int CREATE_VERSION = 7;
    private static final int DELETE_VERSION = 6;
    private static final int METADATA_VERSION = 12;
    private static final int DELETE_RECORDS_VERSION = 2;
    private static final long HIGH_WATERMARK = -1L;
    private static final long RETRY_NS = 20 * MILLI_NS;

    private final ArrayDeque<TopicPlan> toCreate = new ArrayDeque<>();
    private final ArrayDeque<TopicHistory> toDelete = new ArrayDeque<>();
    private final Consumer<TopicHistory> onCreated;
    private final OffsetLookups lookups;
    private final AdminChanges changes;
    private final long pauseNs;
    private @Nullable TopicPlan outcomeUnknown;

    /// A topic to be created.
    ///
    /// @param isSynced whether the topic acknowledges after the sync
    /// @param isTrimmed whether the administrator deletes its records now and then
    public record TopicPlan(
            String name, int partitions, boolean isSynced, boolean isTrimmed, Map<String, String> configs) {
        boolean expires() {
            return configs.containsKey("retention.ms") || configs.containsKey("retention.bytes");
        }
    }

    /// @param onCreated hears of each topic once it is known to exist
    /// @param pauseNs bound of the pause between two looks
    public AdminClient(Consumer<TopicHistory> onCreated, long pauseNs, ClientContext context) {
        super("admin", context);
        this.onCreated = onCreated;
        this.pauseNs = pauseNs;
        this.lookups = new OffsetLookups(this);
        this.changes = new AdminChanges(this);
    }

    public void create(TopicPlan plan) {
        toCreate.add(plan);
    }

    public void delete(TopicHistory topic) {
        toDelete.add(topic);
    }

    /// Whether everything asked for is done.
    public boolean isDone() {
        return toCreate.isEmpty() && toDelete.isEmpty();
    }

    @Override
    void onConnected() {
        next();
    }

    @Override
    void onDisconnected() {}

    private void next() {
        if (outcomeUnknown != null) {
            lookAtMetadata();
        } else if (!toDelete.isEmpty()) {
            delete();
        } else if (!toCreate.isEmpty()) {
            create();
        } else if (random().nextInt(3) == 0 && deleteRecords()) {
            trace().mix(1);
        } else if (random().nextInt(3) == 0) {
            changes.change(() -> nextAfter(pauseNs));
        } else if (random().nextBoolean()) {
            lookAtMetadata();
        } else {
            lookups.lookUp(() -> nextAfter(pauseNs));
        }
    }

    private void nextAfter(long bound) {
        later(1 + random().nextLong(bound), this::next);
    }

    private void create() {
        TopicPlan plan = toCreate.getFirst();
        outcomeUnknown = plan;
        List<CreatableTopicConfig> configs = new ArrayList<>();
        new TreeMap<>(plan.configs()).forEach((name, value) -> configs.add(new CreatableTopicConfig(name, value)));
        CreatableTopic topic = new CreatableTopic(
                plan.name(), plan.partitions(), (short) (random().nextBoolean() ? 1 : -1), List.of(), configs);
        CreateTopicsRequest request = new CreateTopicsRequest(List.of(topic), 10_000, false);
        send(request, CREATE_VERSION, null, CreateTopicsResponse.class, reply -> {
            CreateTopicsResponse.CreatableTopicResult result = reply.topics().getFirst();
            trace().mix(result.errorCode());
            if (result.errorCode() == Errors.NONE) {
                created(plan, result.topicId());
                nextAfter(MILLI_NS);
            } else {
                Violation.unless(
                        result.errorCode() == Errors.TOPIC_ALREADY_EXISTS || Errors.isRetriable(result.errorCode()),
                        "creation of " + plan.name() + " answered " + result.errorCode() + " " + result.errorMessage());
                nextAfter(RETRY_NS);
            }
        });
    }

    private void created(TopicPlan plan, Uuid id) {
        outcomeUnknown = null;
        toCreate.remove(plan);
        onCreated.accept(history()
                .topicCreated(
                        plan.name(),
                        id,
                        plan.isSynced(),
                        plan.expires(),
                        plan.isTrimmed(),
                        plan.partitions(),
                        queue().nowNs()));
    }

    private void delete() {
        TopicHistory topic = toDelete.getFirst();
        topic.deletionAsked(queue().nowNs());
        DeleteTopicState state = random().nextBoolean()
                ? new DeleteTopicState(topic.name(), Uuid.ZERO)
                : new DeleteTopicState(null, topic.id());
        DeleteTopicsRequest request = new DeleteTopicsRequest(List.of(state), List.of(), 10_000);
        send(request, DELETE_VERSION, null, DeleteTopicsResponse.class, reply -> {
            short error = reply.responses().getFirst().errorCode();
            trace().mix(error);
            if (error == Errors.NONE || Errors.isUnknownTopic(error)) {
                topic.deleted(queue().nowNs());
                toDelete.remove(topic);
            } else {
                Violation.unless(Errors.isRetriable(error), "deletion of " + topic.name() + " answered " + error);
            }
            nextAfter(RETRY_NS);
        });
    }

    /// Deletes the oldest records of some partition. False when there is none to do that to.
    private boolean deleteRecords() {
        List<TopicHistory> topics =
                history().liveTopics().stream().filter(TopicHistory::isTrimmed).toList();
        if (topics.isEmpty()) {
            return false;
        }
        TopicHistory topic = topics.get(random().nextInt(topics.size()));
        int partition = random().nextInt(topic.partitions().size());
        PartitionHistory log = topic.partitions().get(partition);
        long startKnown = log.logStartOffset();
        boolean toTheEnd = random().nextInt(4) == 0;
        long asked =
                toTheEnd ? HIGH_WATERMARK : startKnown + random().nextLong(log.readableEndOffset() - startKnown + 1);
        log.deletionAsked(toTheEnd ? Long.MAX_VALUE : asked);
        DeleteRecordsRequest request = new DeleteRecordsRequest(
                List.of(new DeleteRecordsTopic(topic.name(), List.of(new DeleteRecordsPartition(partition, asked)))),
                10_000);
        send(request, DELETE_RECORDS_VERSION, null, DeleteRecordsResponse.class, reply -> {
            DeleteRecordsPartitionResult result =
                    reply.topics().getFirst().partitions().getFirst();
            trace().mix(log.number(), result.errorCode(), result.lowWatermark());
            if (result.errorCode() == Errors.NONE) {
                log.deleted(toTheEnd ? startKnown : asked, result.lowWatermark(), startKnown);
            } else {
                Violation.unless(
                        Errors.isRetriable(result.errorCode())
                                || Errors.isUnknownTopic(result.errorCode())
                                || (log.isDamaged() && result.errorCode() == Errors.OFFSET_OUT_OF_RANGE),
                        log + ": a deletion of records up to " + asked + " answered " + result.errorCode());
            }
            nextAfter(pauseNs);
        });
        return true;
    }

    private void lookAtMetadata() {
        MetadataRequest request = new MetadataRequest(null, false, false, false);
        long sentAtNs = queue().nowNs();
        send(request, METADATA_VERSION, null, MetadataResponse.class, reply -> {
            onMetadata(reply, sentAtNs);
            nextAfter(outcomeUnknown == null ? pauseNs : RETRY_NS);
        });
    }

    private void onMetadata(MetadataResponse reply, long sentAtNs) {
        history().checkClusterId(String.valueOf(reply.clusterId()));
        List<ListedTopic> listed = new ArrayList<>();
        TopicPlan wanted = outcomeUnknown;
        outcomeUnknown = null;
        for (MetadataResponseTopic topic : reply.topics()) {
            String name = String.valueOf(topic.name());
            listed.add(new ListedTopic(name, topic.topicId(), topic.partitions().size()));
            if (wanted != null && wanted.name().equals(name) && history().topic(topic.topicId()) == null) {
                created(wanted, topic.topicId());
            }
            TopicHistory known = history().topic(topic.topicId());
            if (known != null) {
                history().partitionsGrown(known, topic.partitions().size());
                for (MetadataResponsePartition partition : topic.partitions()) {
                    if (partition.leaderEpoch() >= 0) {
                        known.partitions().get(partition.partitionIndex()).checkLeaderEpoch(partition.leaderEpoch());
                    }
                }
            }
        }
        history().checkTopics(listed, sentAtNs);
        trace().mix(listed.size());
    }
}
