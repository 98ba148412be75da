package io.meridian.engine.metadata;

import io.meridian.engine.metadata.image.ConfigsImage;
import io.meridian.settings.EffectiveBrokerConfig;
import io.meridian.settings.EffectiveTopicConfig;
import io.meridian.settings.SettingValues;

/// Puts together what the metadata says and what a process was given.
public final class ConfigsInForce {
    private ConfigsInForce() {}

    /// @param startValues what that broker's process was given
    public static EffectiveBrokerConfig ofBroker(ConfigsImage configs, int brokerId, SettingValues startValues) {
        return new EffectiveBrokerConfig(configs.brokerConfig(brokerId), configs.clusterDefaultConfig(), startValues);
    }

    /// What counts for a topic's partitions on a broker.
    ///
    /// @param startValues what that broker's process was given
    public static EffectiveTopicConfig ofTopic(
            ConfigsImage configs, String topic, int brokerId, SettingValues startValues) {
        return new EffectiveTopicConfig(configs.topicConfig(topic), ofBroker(configs, brokerId, startValues));
    }
}
