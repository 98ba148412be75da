package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.config.ConfigResource;

/// Asks for the settings of a topic.
final class TopicConfigs {
    private TopicConfigs() {}

    /// Every setting with where its value comes from, by name.
    static Map<String, ConfigEntry> of(Connection connection, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, ConfigEntry> byName = new TreeMap<>();
        try {
            connection
                    .attempt(Objects.requireNonNull(connection
                            .admin()
                            .describeConfigs(List.of(resource), new DescribeConfigsOptions().includeSynonyms(true))
                            .values()
                            .get(resource)))
                    .entries()
                    .forEach(entry -> byName.put(entry.name(), entry));
        } catch (ExecutionException e) {
            throw Topics.refused(Connection.cause(e), connection, topic);
        }
        return byName;
    }

    /// Where a value comes from, in a word.
    static String source(ConfigEntry entry) {
        return switch (entry.source()) {
            case DYNAMIC_TOPIC_CONFIG -> "topic";
            case DYNAMIC_BROKER_CONFIG, DYNAMIC_BROKER_LOGGER_CONFIG -> "broker";
            case DYNAMIC_DEFAULT_BROKER_CONFIG -> "cluster";
            case STATIC_BROKER_CONFIG -> "file";
            case DEFAULT_CONFIG -> "default";
            default -> "unknown";
        };
    }
}
