package io.meridian.simulator.checker;

import io.meridian.base.Uuid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything clients were told about the cluster: topics, their partitions, producer ids.
public final class ClusterHistory {
    /// How long one node's image may lag behind another's after a change was acknowledged.
    private static final long IMAGE_LAG_NS = 1_000_000_000L;

    private final Map<Uuid, TopicHistory> topics = new LinkedHashMap<>();
    private final List<PartitionHistory> partitions = new ArrayList<>();
    private final Set<Long> producerIds = new HashSet<>();
    private @Nullable String clusterId;

    /// A topic as the metadata reply lists it.
    public record ListedTopic(String name, Uuid id, int partitionCount) {}

    /// A creation was acknowledged, or its outcome was seen in metadata. The same incarnation may be told twice.
    ///
    /// @param expires whether the broker deletes its records by itself
    /// @param isTrimmed whether an administrator may have its records deleted
    public TopicHistory topicCreated(
            String name,
            Uuid id,
            boolean isSynced,
            boolean expires,
            boolean isTrimmed,
            int partitionCount,
            long nowNs) {
        TopicHistory known = topics.get(id);
        if (known != null) {
            Violation.unless(known.name().equals(name), "topic id " + id + " is both " + known.name() + " and " + name);
            return known;
        }
        for (TopicHistory other : topics.values()) {
            Violation.unless(
                    !other.name().equals(name) || other.isDeletionAsked(),
                    "topic " + name + " has id " + id + " and, never deleted, " + other.id());
        }
        List<PartitionHistory> parts = new ArrayList<>();
        for (int i = 0; i < partitionCount; i++) {
            PartitionHistory partition = new PartitionHistory(partitions.size(), name + "-" + i, isSynced, expires);
            parts.add(partition);
            partitions.add(partition);
        }
        TopicHistory topic = new TopicHistory(name, id, isSynced, isTrimmed, parts, nowNs);
        topics.put(id, topic);
        return topic;
    }

    /// A topic is known to have this many partitions: the creation was acknowledged, or they were seen.
    public void partitionsGrown(TopicHistory topic, int partitionCount) {
        Violation.unless(
                topic.isPartitionAsked(partitionCount),
                "topic " + topic.name() + " has " + partitionCount + " partitions, which nobody asked for");
        while (topic.partitions().size() < partitionCount) {
            PartitionHistory partition = new PartitionHistory(
                    partitions.size(),
                    topic.name() + "-" + topic.partitions().size(),
                    topic.isSynced(),
                    topic.partitions().getFirst().expires());
            topic.add(partition);
            partitions.add(partition);
        }
    }

    public @Nullable TopicHistory topic(Uuid id) {
        return topics.get(id);
    }

    /// Topics nobody asked to delete, oldest first.
    public List<TopicHistory> liveTopics() {
        return topics.values().stream()
                .filter(topic -> !topic.isDeletionAsked())
                .toList();
    }

    public List<TopicHistory> deletedTopics() {
        return topics.values().stream().filter(TopicHistory::isDeleted).toList();
    }

    /// A reply listed all topics, as they were when the request was sent or later.
    public void checkTopics(List<ListedTopic> listed, long sentAtNs) {
        Set<Uuid> ids = new HashSet<>();
        for (ListedTopic topic : listed) {
            ids.add(topic.id());
            TopicHistory known = topics.get(topic.id());
            if (known != null) {
                partitionsGrown(known, topic.partitionCount());
                Violation.unless(
                        known.name().equals(topic.name()) && known.partitions().size() == topic.partitionCount(),
                        "topic " + topic + " was created as " + known.name() + " with "
                                + known.partitions().size() + " partitions");
                Violation.unless(
                        !known.isDeleted() || sentAtNs - known.deletedAtNs() < IMAGE_LAG_NS,
                        "topic " + topic + " is listed after its deletion was acknowledged");
            }
        }
        for (TopicHistory topic : topics.values()) {
            Violation.unless(
                    ids.contains(topic.id())
                            || topic.isDeletionAsked()
                            || sentAtNs - topic.createdAtNs() < IMAGE_LAG_NS,
                    "topic " + topic.name() + " with id " + topic.id() + " was created and is not listed");
        }
    }

    public void checkClusterId(String id) {
        Violation.unless(clusterId == null || clusterId.equals(id), "cluster id " + id + " after " + clusterId);
        clusterId = id;
    }

    /// A producer id was handed out.
    public void producerIdGiven(long producerId) {
        Violation.unless(producerIds.add(producerId), "producer id " + producerId + " was given to two producers");
    }

    /// The broker's process ended.
    public void processEnded(boolean withPower) {
        for (PartitionHistory partition : partitions) {
            partition.processEnded(withPower);
        }
    }

    /// Records acknowledged to acks=all producers.
    public long committed() {
        long sum = 0;
        for (PartitionHistory partition : partitions) {
            sum += partition.committed();
        }
        return sum;
    }
}
