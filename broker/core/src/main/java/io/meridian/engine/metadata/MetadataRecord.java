package io.meridian.engine.metadata;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.image.ConfigResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One decided change of the metadata, independent of the bytes it is stored in.
public sealed interface MetadataRecord {
    /// Changes nothing.
    record NoOp() implements MetadataRecord {}

    /// @param level 0 takes the feature back
    record FeatureLevel(String feature, int level) implements MetadataRecord {}

    record Cluster(String clusterId) implements MetadataRecord {}

    /// One start of a broker.
    record RegisterBroker(
            int brokerId,
            Uuid incarnationId,
            long brokerEpoch,
            String host,
            int port,
            @Nullable String rack,
            boolean fenced)
            implements MetadataRecord {}

    /// A topic without partitions. They follow in the same batch.
    record Topic(String name, Uuid topicId) implements MetadataRecord {}

    /// A partition, complete. Its index is the next free one of the topic or that of a partition to replace.
    record Partition(
            Uuid topicId,
            int partition,
            int leader,
            int leaderEpoch,
            int partitionEpoch,
            List<Integer> replicas,
            List<Integer> isr)
            implements MetadataRecord {
        public Partition {
            replicas = List.copyOf(replicas);
            isr = List.copyOf(isr);
        }
    }

    /// A new reign. The partition epoch rises by one.
    ///
    /// @param isr null to leave it as it is
    /// @param replicas null to leave them as they are
    record PartitionChange(
            Uuid topicId,
            int partition,
            int leader,
            int leaderEpoch,
            @Nullable List<Integer> isr,
            @Nullable List<Integer> replicas)
            implements MetadataRecord {
        public PartitionChange {
            isr = isr == null ? null : List.copyOf(isr);
            replicas = replicas == null ? null : List.copyOf(replicas);
        }
    }

    /// A topic goes, and with it its partitions and its configuration.
    record RemoveTopic(Uuid topicId) implements MetadataRecord {}

    /// @param value null to remove it
    record Config(
            ConfigResource resource, String name, @Nullable String value) implements MetadataRecord {}

    /// A block of producer ids was given out.
    ///
    /// @param brokerId -1 in a snapshot, where the receiver no longer matters
    record ProducerIds(int brokerId, long brokerEpoch, long nextProducerId) implements MetadataRecord {}
}
