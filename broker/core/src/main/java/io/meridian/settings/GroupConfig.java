package io.meridian.settings;

/// How groups are run.
///
/// @param maxSize members of one group
/// @param offsetsRetentionMs how long offsets that nobody uses are kept
/// @param offsetsTopicPartitions partitions of the offsets topic when it is created
/// @param offsetsTopicReplicationFactor replicas of the offsets topic where there are that many brokers
public record GroupConfig(
        int sessionTimeoutMinMs,
        int sessionTimeoutMaxMs,
        int initialRebalanceDelayMs,
        int maxSize,
        int offsetMetadataMaxBytes,
        long offsetsRetentionMs,
        long offsetsRetentionCheckIntervalMs,
        int offsetsTopicPartitions,
        int offsetsTopicReplicationFactor,
        int offsetsTopicSegmentBytes) {
    private static final long MINUTE_MS = 60_000L;
    /// Member ids given out and not used yet cost memory; no group needs as many at once.
    private static final int PENDING_MEMBERS_MAX = 10_000;

    static GroupConfig of(SettingValues values) {
        return new GroupConfig(
                values.value(GroupSettings.MIN_SESSION_TIMEOUT_MS),
                values.value(GroupSettings.MAX_SESSION_TIMEOUT_MS),
                values.value(GroupSettings.INITIAL_REBALANCE_DELAY_MS),
                values.value(GroupSettings.MAX_SIZE),
                values.value(GroupSettings.OFFSET_METADATA_MAX_BYTES),
                values.value(GroupSettings.OFFSETS_RETENTION_MINUTES) * MINUTE_MS,
                values.value(GroupSettings.OFFSETS_RETENTION_CHECK_INTERVAL_MS),
                values.value(GroupSettings.OFFSETS_TOPIC_NUM_PARTITIONS),
                values.value(GroupSettings.OFFSETS_TOPIC_REPLICATION_FACTOR),
                values.value(GroupSettings.OFFSETS_TOPIC_SEGMENT_BYTES));
    }

    /// Member ids that one group may have given out at once to members that have not come back with them.
    public int pendingMembersMax() {
        return PENDING_MEMBERS_MAX;
    }
}
