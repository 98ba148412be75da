package io.meridian.engine.node;

import io.meridian.engine.metadata.ConfigsInForce;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.replication.TopicLogRules;
import io.meridian.log.LogConfig;
import io.meridian.settings.BrokerConfig;
import io.meridian.settings.EffectiveTopicConfig;
import io.meridian.settings.LogConfigs;
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
        return TopicNameRule.isInternal(topic)
                ? LogConfigs.ofInternal(effective, config)
                : LogConfigs.of(effective, config);
    }

    @Override
    public int minInSyncReplicas(MetadataImage image, String topic) {
        return effective(image, topic).value(TopicSettings.MIN_INSYNC_REPLICAS);
    }

    private EffectiveTopicConfig effective(MetadataImage image, String topic) {
        return ConfigsInForce.ofTopic(image.configs(), topic, config.nodeId(), config.topicDefaults());
    }
}
