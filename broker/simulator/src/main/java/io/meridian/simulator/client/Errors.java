package io.meridian.simulator.client;

/// Error codes of the protocol, as clients treat them.
final class Errors {
    static final short NONE = 0;
    static final short OFFSET_OUT_OF_RANGE = 1;
    static final short UNKNOWN_TOPIC_OR_PARTITION = 3;
    static final short COORDINATOR_LOAD_IN_PROGRESS = 14;
    static final short COORDINATOR_NOT_AVAILABLE = 15;
    static final short NOT_COORDINATOR = 16;
    static final short ILLEGAL_GENERATION = 22;
    static final short UNKNOWN_MEMBER_ID = 25;
    static final short REBALANCE_IN_PROGRESS = 27;
    static final short TOPIC_ALREADY_EXISTS = 36;
    static final short INVALID_PARTITIONS = 37;
    static final short OUT_OF_ORDER_SEQUENCE_NUMBER = 45;
    static final short DUPLICATE_SEQUENCE_NUMBER = 46;
    static final short KAFKA_STORAGE_ERROR = 56;
    static final short FETCH_SESSION_ID_NOT_FOUND = 70;
    static final short INVALID_FETCH_SESSION_EPOCH = 71;
    static final short FENCED_LEADER_EPOCH = 74;
    static final short UNKNOWN_LEADER_EPOCH = 75;
    static final short MEMBER_ID_REQUIRED = 79;
    static final short FENCED_INSTANCE_ID = 82;
    static final short UNKNOWN_TOPIC_ID = 100;
    static final short INCONSISTENT_TOPIC_ID = 103;
    private static final short CORRUPT_MESSAGE = 2;
    private static final short LEADER_NOT_AVAILABLE = 5;
    private static final short NOT_LEADER_OR_FOLLOWER = 6;
    private static final short REQUEST_TIMED_OUT = 7;
    private static final short NOT_ENOUGH_REPLICAS = 19;
    private static final short NOT_ENOUGH_REPLICAS_AFTER_APPEND = 20;
    private static final short NOT_CONTROLLER = 41;
    private static final short UNKNOWN_SERVER_ERROR = -1;

    private Errors() {}

    /// The partition exists and will be served again, here or after a restart.
    static boolean isRetriable(short code) {
        return switch (code) {
            case LEADER_NOT_AVAILABLE,
                    NOT_LEADER_OR_FOLLOWER,
                    REQUEST_TIMED_OUT,
                    NOT_ENOUGH_REPLICAS,
                    NOT_ENOUGH_REPLICAS_AFTER_APPEND,
                    NOT_CONTROLLER,
                    KAFKA_STORAGE_ERROR -> true;
            default -> false;
        };
    }

    /// The topic is not known: deleted, or not known yet.
    static boolean isUnknownTopic(short code) {
        return code == UNKNOWN_TOPIC_OR_PARTITION || code == UNKNOWN_TOPIC_ID || code == INCONSISTENT_TOPIC_ID;
    }

    /// What a reader of damaged bytes may be told.
    static boolean isDamage(short code) {
        return code == CORRUPT_MESSAGE || code == UNKNOWN_SERVER_ERROR || code == KAFKA_STORAGE_ERROR;
    }
}
