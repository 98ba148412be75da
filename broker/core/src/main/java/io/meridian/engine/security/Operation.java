package io.meridian.engine.security;

/// What may be done to a resource, with the protocol's numbers.
public enum Operation {
    READ(3),
    WRITE(4),
    CREATE(5),
    DELETE(6),
    ALTER(7),
    DESCRIBE(8),
    CLUSTER_ACTION(9),
    DESCRIBE_CONFIGS(10),
    ALTER_CONFIGS(11),
    IDEMPOTENT_WRITE(12);

    private final int code;

    Operation(int code) {
        this.code = code;
    }

    /// The number that responses use, and the position of the operation's bit in a set of allowed operations.
    public int code() {
        return code;
    }
}
