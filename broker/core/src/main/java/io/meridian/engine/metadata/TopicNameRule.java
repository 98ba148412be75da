package io.meridian.engine.metadata;

import org.jspecify.annotations.Nullable;

/// What a topic may be called. Names become folder names and metric names.
public final class TopicNameRule {
    public static final int LENGTH_MAX = 249;
    public static final String CLUSTER_METADATA = "__cluster_metadata";

    public static final String CONSUMER_OFFSETS = "__consumer_offsets";
    private static final String TRANSACTION_STATE = "__transaction_state";
    private static final String SHARE_GROUP_STATE = "__share_group_state";

    private TopicNameRule() {}

    /// Why this cannot be a topic's name; null when it can.
    public static @Nullable String refusal(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return "topic name '" + name + "': expected a name other than '', '.' and '..'";
        }
        if (name.length() > LENGTH_MAX) {
            return "topic name of " + name.length() + " characters: expected at most " + LENGTH_MAX;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                return "topic name with character U+" + String.format("%04X", (int) name.charAt(i)) + " at index " + i
                        + ": expected ASCII letters, digits, '.', '_' and '-'";
            }
        }
        if (name.equals(CLUSTER_METADATA)) {
            return "topic name " + CLUSTER_METADATA + ": it belongs to the broker";
        }
        return null;
    }

    /// Whether the brokers themselves write this topic.
    public static boolean isInternal(String name) {
        return name.equals(CONSUMER_OFFSETS)
                || name.equals(TRANSACTION_STATE)
                || name.equals(SHARE_GROUP_STATE)
                || name.equals(CLUSTER_METADATA);
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
