package io.meridian.engine.metadata.image;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The values that somebody set, by resource and then by name. A resource without values has no entry.
public record ConfigsImage(TreePMap<ConfigResource, TreePMap<String, String>> byResource) {
    public static final ConfigsImage EMPTY = new ConfigsImage(TreePMap.empty());

    /// What was set for this resource, name to value in the order of names; empty when nothing was.
    public SortedMap<String, String> config(ConfigResource resource) {
        return valuesOf(resource);
    }

    public SortedMap<String, String> topicConfig(String topic) {
        return valuesOf(ConfigResource.topic(topic));
    }

    public SortedMap<String, String> brokerConfig(int brokerId) {
        return valuesOf(ConfigResource.broker(brokerId));
    }

    public SortedMap<String, String> clusterDefaultConfig() {
        return valuesOf(ConfigResource.ALL_BROKERS);
    }

    /// These values with one set, or removed when `value` is null.
    public ConfigsImage with(ConfigResource resource, String name, @Nullable String value) {
        TreePMap<String, String> values = valuesOf(resource);
        TreePMap<String, String> changed = value == null ? values.minus(name) : values.plus(name, value);
        return new ConfigsImage(changed.isEmpty() ? byResource.minus(resource) : byResource.plus(resource, changed));
    }

    public ConfigsImage without(ConfigResource resource) {
        return new ConfigsImage(byResource.minus(resource));
    }

    private TreePMap<String, String> valuesOf(ConfigResource resource) {
        TreePMap<String, String> values = byResource.get(resource);
        return values == null ? TreePMap.empty() : values;
    }
}
