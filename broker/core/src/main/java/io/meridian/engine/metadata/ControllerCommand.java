package io.meridian.engine.metadata;

import io.meridian.base.Uuid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something the controller is asked to decide. Whoever asks has been authorised.
public sealed interface ControllerCommand {
    /// A process starts as this broker. Answered by [ControllerReply.BrokerStarted].
    ///
    /// @param incarnationId drawn by this process
    /// @param rack null when not told
    /// @param clusterIdIfNew taken when the cluster has no identity yet
    record StartBroker(
            int brokerId,
            Uuid incarnationId,
            String host,
            int port,
            @Nullable String rack,
            String clusterIdIfNew) implements ControllerCommand {}

    /// Answered by [ControllerReply.TopicsCreated], one result for each name.
    ///
    /// @param validateOnly everything is decided and nothing written
    record CreateTopics(List<NewTopic> topics, boolean validateOnly) implements ControllerCommand {}

    /// Topics that clients asked for and that are not there. Answered by [ControllerReply.TopicsCreated].
    record AutoCreateTopics(List<String> names) implements ControllerCommand {}

    /// Answered by [ControllerReply.TopicsDeleted].
    record DeleteTopics(List<TopicReference> topics) implements ControllerCommand {}

    /// Answered by [ControllerReply.ProducerIdsAllocated].
    ///
    /// @param count 1 to [ProducerIdBlocks#COUNT_MAX]
    record AllocateProducerIds(int brokerId, long brokerEpoch, int count) implements ControllerCommand {}

    /// A topic as it is wanted.
    ///
    /// @param partitions -1 for the default or when there are assignments
    /// @param replicationFactor -1 for the default or when there are assignments
    /// @param assignments empty for the controller to place the replicas
    record NewTopic(
            String name,
            int partitions,
            int replicationFactor,
            List<Assignment> assignments,
            List<ConfigValue> configs) {}

    /// Where the replicas of one partition are wanted.
    record Assignment(int partition, List<Integer> brokerIds) {}

    /// @param value null is refused, as the protocol can express it
    record ConfigValue(String name, @Nullable String value) {}

    /// A topic by name or by id, not both.
    ///
    /// @param name null when the id says it
    /// @param topicId [Uuid#ZERO] when the name says it
    record TopicReference(@Nullable String name, Uuid topicId) {}
}
