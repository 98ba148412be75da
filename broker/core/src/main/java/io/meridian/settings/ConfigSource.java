package io.meridian.settings;

/// Where an effective value comes from, with the numbers of the Kafka protocol.
public enum ConfigSource {
    /// Set for this topic.
    DYNAMIC_TOPIC_CONFIG(1),
    /// Set for one broker while it ran.
    DYNAMIC_BROKER_CONFIG(2),
    /// Set for every broker while they ran.
    DYNAMIC_DEFAULT_BROKER_CONFIG(3),
    /// Given to the process at its start.
    STATIC_BROKER_CONFIG(4),
    /// Given by nobody.
    DEFAULT_CONFIG(5);

    private final int id;

    ConfigSource(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }
}
