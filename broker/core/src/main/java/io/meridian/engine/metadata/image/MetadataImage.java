package io.meridian.engine.metadata.image;

/// Everything the metadata log says up to and including `metadataOffset`.
///
/// @param metadataOffset offset of the last applied record, -1 when none is
/// @param clusterId empty until the first broker has started
/// @param nextProducerId first producer id that no block has been given out for
public record MetadataImage(
        long metadataOffset,
        String clusterId,
        TopicsImage topics,
        BrokersImage brokers,
        ConfigsImage configs,
        FeaturesImage features,
        long nextProducerId) {
    /// What an empty metadata log says.
    public static final MetadataImage EMPTY = new MetadataImage(
            -1L, "", TopicsImage.EMPTY, BrokersImage.EMPTY, ConfigsImage.EMPTY, FeaturesImage.EMPTY, 0L);

    public MetadataImage withMetadataOffset(long newMetadataOffset) {
        return new MetadataImage(newMetadataOffset, clusterId, topics, brokers, configs, features, nextProducerId);
    }

    public MetadataImage withClusterId(String newClusterId) {
        return new MetadataImage(metadataOffset, newClusterId, topics, brokers, configs, features, nextProducerId);
    }

    public MetadataImage withTopics(TopicsImage newTopics) {
        return new MetadataImage(metadataOffset, clusterId, newTopics, brokers, configs, features, nextProducerId);
    }

    public MetadataImage withBrokers(BrokersImage newBrokers) {
        return new MetadataImage(metadataOffset, clusterId, topics, newBrokers, configs, features, nextProducerId);
    }

    public MetadataImage withConfigs(ConfigsImage newConfigs) {
        return new MetadataImage(metadataOffset, clusterId, topics, brokers, newConfigs, features, nextProducerId);
    }

    public MetadataImage withFeatures(FeaturesImage newFeatures) {
        return new MetadataImage(metadataOffset, clusterId, topics, brokers, configs, newFeatures, nextProducerId);
    }

    public MetadataImage withNextProducerId(long newNextProducerId) {
        return new MetadataImage(metadataOffset, clusterId, topics, brokers, configs, features, newNextProducerId);
    }
}
