package io.meridian.engine.replication;

import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.log.LogConfig;

/// What the configuration says about a topic's partitions.
public interface TopicLogRules {
    LogConfig logConfig(MetadataImage image, String topic);

    /// `min.insync.replicas` of the topic.
    int minInSyncReplicas(MetadataImage image, String topic);
}
