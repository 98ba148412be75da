package io.meridian.engine.metadata;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What the asker of a [ControllerCommand] is told, once the decided records are committed.
public sealed interface ControllerReply {
    record BrokerStarted(Outcome<Registration> outcome) implements ControllerReply {}

    /// @param results in the order of the request, one for each name
    record TopicsCreated(List<TopicCreation> results) implements ControllerReply {}

    /// @param results in the order of the request, one for each different reference
    record TopicsDeleted(List<TopicDeletion> results) implements ControllerReply {}

    /// @param results in the order of the request, one for each name
    record PartitionsCreated(List<PartitionCreation> results) implements ControllerReply {}

    /// @param results in the order of the request, one for each alteration
    record ConfigsAltered(List<ConfigAlterationResult> results) implements ControllerReply {}

    record ProducerIdsAllocated(Outcome<ProducerIdBlock> outcome) implements ControllerReply {}

    /// @param partitionsLed how many partitions begin a new reign with it
    record Registration(String clusterId, long brokerEpoch, int partitionsLed) {}

    record TopicCreation(String name, Outcome<CreatedTopic> outcome) {}

    /// @param topicId [Uuid#ZERO] when it was only validated
    /// @param configs what was set, in the order of names
    record CreatedTopic(Uuid topicId, int partitions, int replicationFactor, SortedMap<String, String> configs) {}

    /// @param name null when it is not known
    /// @param topicId [Uuid#ZERO] when it is not known
    /// @param detail null when the error says it all
    record TopicDeletion(
            @Nullable String name,
            Uuid topicId,
            ErrorCode error,
            @Nullable String detail) {}

    /// @param outcome how many partitions the topic had
    record PartitionCreation(String name, Outcome<Integer> outcome) {}

    /// @param detail null when the error says it all
    record ConfigAlterationResult(
            ConfigResource resource,
            ErrorCode error,
            @Nullable String detail) {}

    /// The ids from `firstProducerId` on, `count` of them.
    record ProducerIdBlock(long firstProducerId, int count) {}
}
