package io.meridian.engine.metadata;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.Assignment;
import io.meridian.engine.metadata.image.BrokersImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.metadata.image.TopicsImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where replicas are, which of them are in sync, and who leads.
final class PartitionRegistry {
    private PartitionRegistry() {}

    /// For each partition the ids of its replicas; or INVALID_REPLICA_ASSIGNMENT. Indexes must be 0, 1, 2... in any
    /// order, all partitions must have the same number of replicas, and one of them at least must be able to lead.
    static Outcome<List<List<Integer>>> assigned(BrokersImage brokers, List<Assignment> assignments) {
        List<Assignment> inOrder = new ArrayList<>(assignments);
        inOrder.sort(Comparator.comparingInt(Assignment::partition));
        List<List<Integer>> replicas = new ArrayList<>(inOrder.size());
        for (int index = 0; index < inOrder.size(); index++) {
            Assignment assignment = inOrder.get(index);
            String refusal = assignment.partition() != index
                    ? "partition " + assignment.partition() + ": expected " + index
                            + ", as indexes begin with 0 and leave none out"
                    : refusal(
                            brokers, assignment, inOrder.getFirst().brokerIds().size());
            if (refusal != null) {
                return Outcome.rejected(ErrorCode.INVALID_REPLICA_ASSIGNMENT, refusal);
            }
            replicas.add(assignment.brokerIds());
        }
        return Outcome.accepted(replicas);
    }

    /// The same for partitions added from `firstPartition` on, in the order of `assignments`.
    static Outcome<List<List<Integer>>> assignedTo(
            BrokersImage brokers, int firstPartition, List<List<Integer>> assignments, int replicationFactor) {
        for (int i = 0; i < assignments.size(); i++) {
            String refusal =
                    refusal(brokers, new Assignment(firstPartition + i, assignments.get(i)), replicationFactor);
            if (refusal != null) {
                return Outcome.rejected(ErrorCode.INVALID_REPLICA_ASSIGNMENT, refusal);
            }
        }
        return Outcome.accepted(assignments);
    }

    private static @Nullable String refusal(BrokersImage brokers, Assignment assignment, int replicationFactor) {
        List<Integer> brokerIds = assignment.brokerIds();
        String where = "partition " + assignment.partition() + ": ";
        if (brokerIds.isEmpty()) {
            return where + "expected at least one replica";
        }
        if (brokerIds.size() != replicationFactor) {
            return where + brokerIds.size() + " replicas, expected " + replicationFactor + " as for partition 0";
        }
        if (brokerIds.stream().distinct().count() != brokerIds.size()) {
            return where + "replicas " + brokerIds + " name a broker more than once";
        }
        for (int brokerId : brokerIds) {
            if (brokers.broker(brokerId) == null) {
                return where + "broker " + brokerId + " is not registered";
            }
        }
        return brokerIds.stream().noneMatch(brokerId -> BrokerRegistry.isUnfenced(brokers, brokerId))
                ? where + "every broker of " + brokerIds + " is fenced"
                : null;
    }

    /// A new partition. Its ISR are the replicas that may lead.
    static MetadataRecord.Partition create(BrokersImage brokers, Uuid topicId, int partition, List<Integer> replicas) {
        List<Integer> isr = replicas.stream()
                .filter(brokerId -> BrokerRegistry.isUnfenced(brokers, brokerId))
                .toList();
        int leader = LeaderElection.leader(
                PartitionImage.NO_LEADER, replicas, isr, brokerId -> BrokerRegistry.isUnfenced(brokers, brokerId));
        return new MetadataRecord.Partition(topicId, partition, leader, 0, 0, replicas, isr);
    }

    /// What a start of a broker changes: a new reign in every partition that it leads, as its old one is never
    /// resumed, and in every one that nobody leads and that it may.
    ///
    /// @param brokers with the new registration
    static List<MetadataRecord> newReigns(TopicsImage topics, BrokersImage brokers, int brokerId) {
        List<MetadataRecord> records = new ArrayList<>();
        for (TopicImage topic : topics.inNameOrder()) {
            for (PartitionImage partition : topic.partitions()) {
                int leader = partition.hasLeader()
                        ? partition.leader()
                        : LeaderElection.leader(
                                PartitionImage.NO_LEADER,
                                partition.replicas(),
                                partition.isr(),
                                candidate -> BrokerRegistry.isUnfenced(brokers, candidate));
                if (leader == brokerId) {
                    records.add(new MetadataRecord.PartitionChange(
                            topic.topicId(), partition.partition(), leader, partition.leaderEpoch() + 1, null, null));
                }
            }
        }
        return records;
    }

    /// The topics with this partition; null when it fits no topic, or would leave a gap.
    static @Nullable TopicsImage apply(TopicsImage topics, MetadataRecord.Partition record) {
        TopicImage topic = topics.byId(record.topicId());
        if (topic == null || record.partition() < 0 || record.partition() > topic.partitionCount()) {
            return null;
        }
        return topics.with(topic.with(new PartitionImage(
                record.partition(),
                record.leader(),
                record.leaderEpoch(),
                record.partitionEpoch(),
                record.replicas(),
                record.isr())));
    }

    /// The topics with this change; null when there is no such partition or the reign is an older one.
    static @Nullable TopicsImage apply(TopicsImage topics, MetadataRecord.PartitionChange record) {
        TopicImage topic = topics.byId(record.topicId());
        PartitionImage partition = topic == null ? null : topic.partition(record.partition());
        if (topic == null || partition == null || record.leaderEpoch() < partition.leaderEpoch()) {
            return null;
        }
        List<Integer> isr = record.isr();
        List<Integer> replicas = record.replicas();
        return topics.with(topic.with(new PartitionImage(
                partition.partition(),
                record.leader(),
                record.leaderEpoch(),
                partition.partitionEpoch() + 1,
                replicas == null ? partition.replicas() : replicas,
                isr == null ? partition.isr() : isr)));
    }
}
