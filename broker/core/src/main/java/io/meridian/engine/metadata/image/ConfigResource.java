package io.meridian.engine.metadata.image;

import org.jspecify.annotations.Nullable;

/// Whose configuration it is: a topic by name, a broker by id in decimal, or all brokers (a broker with empty name).
public record ConfigResource(Type type, String name) implements Comparable<ConfigResource> {
    /// Every broker of the cluster, unless it has a value of its own.
    public static final ConfigResource ALL_BROKERS = new ConfigResource(Type.BROKER, "");

    /// The kinds that the protocol numbers and this release stores.
    public enum Type {
        TOPIC(2),
        BROKER(4);

        private final int id;

        Type(int id) {
            this.id = id;
        }

        /// The number in the protocol and in the metadata log.
        public int id() {
            return id;
        }

        /// Null when this release stores no resources with this number.
        public static @Nullable Type byId(int id) {
            return switch (id) {
                case 2 -> TOPIC;
                case 4 -> BROKER;
                default -> null;
            };
        }
    }

    public static ConfigResource topic(String name) {
        return new ConfigResource(Type.TOPIC, name);
    }

    public static ConfigResource broker(int brokerId) {
        return new ConfigResource(Type.BROKER, Integer.toString(brokerId));
    }

    @Override
    public int compareTo(ConfigResource other) {
        int byType = Integer.compare(type.id, other.type.id);
        return byType != 0 ? byType : name.compareTo(other.name);
    }
}
