package io.meridian.engine.metadata;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.image.ConfigResource;
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

    /// Answered by [ControllerReply.PartitionsCreated], one result for each name.
    ///
    /// @param validateOnly everything is decided and nothing written
    record CreatePartitions(List<MorePartitions> topics, boolean validateOnly) implements ControllerCommand {}

    /// Answered by [ControllerReply.ConfigsAltered], one result for each alteration.
    ///
    /// @param validateOnly everything is decided and nothing written
    record AlterConfigs(List<ConfigAlteration> alterations, boolean validateOnly) implements ControllerCommand {}

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

    /// How many partitions a topic is to have.
    ///
    /// @param partitions with those that it has
    /// @param assignments where the replicas of the new ones go, in their order; null for the controller to place
    ///         them
    record MorePartitions(
            String name, int partitions, @Nullable List<List<Integer>> assignments) {}

    /// Changes of one resource: all are made or none.
    ///
    /// @param replaces whether what is not named is removed
    record ConfigAlteration(ConfigResource resource, boolean replaces, List<ConfigChange> changes) {}

    /// @param value of no meaning for DELETE; null is refused for the others, as the protocol can express it
    record ConfigChange(
            String name,
            ConfigOperation operation,
            @Nullable String value) {}

    /// What is done to a value.
    enum ConfigOperation {
        SET,
        /// The value of the next source counts again.
        DELETE,
        /// Entries that are not in the list yet are added at its end.
        APPEND,
        /// Entries are taken from the list.
        SUBTRACT
    }

    /// A topic by name or by id, not both.
    ///
    /// @param name null when the id says it
    /// @param topicId [Uuid#ZERO] when the name says it
    record TopicReference(@Nullable String name, Uuid topicId) {}
}
