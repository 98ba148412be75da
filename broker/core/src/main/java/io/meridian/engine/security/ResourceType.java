package io.meridian.engine.security;

import java.util.List;

/// What operations are done to, with the operations that make sense there.
public enum ResourceType {
    TOPIC,
    GROUP,
    CLUSTER;

    /// The one name of the cluster as a resource.
    public static final String CLUSTER_NAME = "kafka-cluster";

    public List<Operation> operations() {
        return switch (this) {
            case TOPIC ->
                List.of(
                        Operation.READ,
                        Operation.WRITE,
                        Operation.CREATE,
                        Operation.DELETE,
                        Operation.ALTER,
                        Operation.DESCRIBE,
                        Operation.DESCRIBE_CONFIGS,
                        Operation.ALTER_CONFIGS);
            case GROUP ->
                List.of(
                        Operation.READ,
                        Operation.DELETE,
                        Operation.DESCRIBE,
                        Operation.DESCRIBE_CONFIGS,
                        Operation.ALTER_CONFIGS);
            case CLUSTER ->
                List.of(
                        Operation.CREATE,
                        Operation.ALTER,
                        Operation.DESCRIBE,
                        Operation.CLUSTER_ACTION,
                        Operation.DESCRIBE_CONFIGS,
                        Operation.ALTER_CONFIGS,
                        Operation.IDEMPOTENT_WRITE);
        };
    }
}
