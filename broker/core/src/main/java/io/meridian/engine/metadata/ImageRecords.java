package io.meridian.engine.metadata;

import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import java.util.ArrayList;
import java.util.List;

/// An image as the fewest records that rebuild it: what a snapshot holds.
public final class ImageRecords {
    private ImageRecords() {}

    /// Applied to [MetadataImage#EMPTY] up to `image.metadataOffset()`, they give an equal image.
    public static List<MetadataRecord> of(MetadataImage image) {
        List<MetadataRecord> records = new ArrayList<>();
        image.features()
                .levels()
                .forEach((feature, level) -> records.add(new MetadataRecord.FeatureLevel(feature, level)));
        if (!image.clusterId().isEmpty()) {
            records.add(new MetadataRecord.Cluster(image.clusterId()));
        }
        for (BrokerImage broker : image.brokers().inIdOrder()) {
            records.add(new MetadataRecord.RegisterBroker(
                    broker.brokerId(),
                    broker.incarnationId(),
                    broker.brokerEpoch(),
                    broker.host(),
                    broker.port(),
                    broker.rack(),
                    broker.fenced()));
        }
        for (TopicImage topic : image.topics().inNameOrder()) {
            records.add(new MetadataRecord.Topic(topic.name(), topic.topicId()));
            for (PartitionImage partition : topic.partitions()) {
                records.add(new MetadataRecord.Partition(
                        topic.topicId(),
                        partition.partition(),
                        partition.leader(),
                        partition.leaderEpoch(),
                        partition.partitionEpoch(),
                        partition.replicas(),
                        partition.isr()));
            }
        }
        image.configs()
                .byResource()
                .forEach((resource, values) -> records.addAll(ConfigRegistry.records(resource, values)));
        if (image.nextProducerId() > 0) {
            records.add(new MetadataRecord.ProducerIds(-1, -1L, image.nextProducerId()));
        }
        return records;
    }
}
