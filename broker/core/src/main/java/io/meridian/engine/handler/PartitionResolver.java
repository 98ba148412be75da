package io.meridian.engine.handler;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.protocol.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Finds the topic a request names, by name or by id, and whether this broker leads the partition it asks for.
final class PartitionResolver {
    private PartitionResolver() {}

    /// The topic of `topicId` when `byId`, else of `name`; null when there is none.
    static @Nullable TopicImage topic(MetadataImage image, boolean byId, String name, Uuid topicId) {
        return byId ? image.topics().byId(topicId) : image.topics().byName(name);
    }

    /// What a request is told whose topic is unknown.
    static ErrorCode unknownTopic(boolean byId) {
        return byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    /// NONE when `brokerId` leads the partition.
    static ErrorCode leadership(TopicImage topic, int partition, int brokerId) {
        PartitionImage found = topic.partition(partition);
        if (found == null) {
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        }
        return found.leader() == brokerId ? ErrorCode.NONE : ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }
}
