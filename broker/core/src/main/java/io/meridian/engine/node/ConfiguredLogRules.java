package io.meridian.engine.node;

import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.replication.TopicLogRules;
import io.meridian.log.FlushPolicy;
import io.meridian.log.LogConfig;
import io.meridian.protocol.record.BatchValidation;
import io.meridian.settings.BrokerConfig;
import io.meridian.settings.EffectiveTopicConfig;
import io.meridian.settings.TimestampType;
import io.meridian.settings.TopicSettings;

/// Makes the rules of a topic's logs from the configuration in force: the topic's own values, else the broker's.
final class ConfiguredLogRules implements TopicLogRules {
    private final BrokerConfig config;

    ConfiguredLogRules(BrokerConfig config) {
        this.config = config;
    }

    @Override
    public LogConfig logConfig(MetadataImage image, String topic) {
        EffectiveTopicConfig effective = effective(image, topic);
        return new LogConfig(
                effective.value(TopicSettings.SEGMENT_BYTES),
                effective.value(TopicSettings.SEGMENT_MS),
                effective.value(TopicSettings.SEGMENT_JITTER_MS),
                effective.value(TopicSettings.INDEX_INTERVAL_BYTES),
                effective.value(TopicSettings.SEGMENT_INDEX_BYTES),
                effective.value(TopicSettings.MAX_MESSAGE_BYTES),
                switch (effective.value(TopicSettings.FLUSH_POLICY)) {
                    case ACK -> FlushPolicy.ACK;
                    case OS -> FlushPolicy.OS;
                },
                effective.value(TopicSettings.CLEANUP_POLICY).contains("compact"),
                effective.value(TopicSettings.MESSAGE_TIMESTAMP_TYPE) == TimestampType.LOG_APPEND_TIME,
                effective.value(TopicSettings.MESSAGE_TIMESTAMP_BEFORE_MAX_MS),
                effective.value(TopicSettings.MESSAGE_TIMESTAMP_AFTER_MAX_MS),
                switch (effective.value(TopicSettings.PRODUCE_BATCH_VALIDATION)) {
                    case RELAXED -> BatchValidation.RELAXED;
                    case STRICT -> BatchValidation.STRICT;
                },
                config.producerIdExpirationMs(),
                config.checkpointIntervalMs());
    }

    @Override
    public int minInSyncReplicas(MetadataImage image, String topic) {
        return effective(image, topic).value(TopicSettings.MIN_INSYNC_REPLICAS);
    }

    private EffectiveTopicConfig effective(MetadataImage image, String topic) {
        return new EffectiveTopicConfig(image.configs().topicConfig(topic), config.topicDefaults());
    }
}
