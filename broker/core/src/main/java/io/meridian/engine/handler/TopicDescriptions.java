package io.meridian.engine.handler;

import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.BrokersImage;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
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
        List<Integer> replicas = partition.replicas();
        List<Integer> offline = List.of();
        for (int i = 0; i < replicas.size(); i++) {
            BrokerImage broker = brokers.broker(replicas.get(i));
            if (broker == null || broker.fenced()) {
                offline = offline.isEmpty() ? new ArrayList<>(replicas.size()) : offline;
                offline.add(replicas.get(i));
            }
        }
        return offline;
    }
}
