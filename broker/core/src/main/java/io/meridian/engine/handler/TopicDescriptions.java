package io.meridian.engine.handler;

import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.BrokersImage;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.protocol.api.ErrorCode;
import java.util.List;

/// What Metadata and DescribeTopicPartitions both say of a partition.
final class TopicDescriptions {
    private TopicDescriptions() {}

    /// LEADER_NOT_AVAILABLE while nobody leads.
    static ErrorCode error(PartitionImage partition) {
        return partition.hasLeader() ? ErrorCode.NONE : ErrorCode.LEADER_NOT_AVAILABLE;
    }

    /// Replicas on brokers that are not there or fenced.
    static List<Integer> offlineReplicas(MetadataImage image, PartitionImage partition) {
        BrokersImage brokers = image.brokers();
        return partition.replicas().stream()
                .filter(replica -> {
                    BrokerImage broker = brokers.broker(replica);
                    return broker == null || broker.fenced();
                })
                .toList();
    }
}
