package io.meridian.settings;

import io.meridian.base.Setting;
import io.meridian.base.Setting.Unit;
import io.meridian.base.SettingType;
import java.util.List;

/// The settings of groups and of the topic that keeps their offsets.
public final class GroupSettings {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int WEEK_MINUTES = 7 * 24 * 60;

    public static final Setting<Integer> MIN_SESSION_TIMEOUT_MS = Setting.process(
                    "group.min.session.timeout.ms", SettingType.int32From(1), 6_000)
            .in(Unit.MILLISECONDS)
            .consequence("Shorter sessions find dead members sooner and cost more heartbeats.")
            .meaning("The shortest session that a member may ask for.");

    public static final Setting<Integer> MAX_SESSION_TIMEOUT_MS = Setting.process(
                    "group.max.session.timeout.ms", SettingType.int32From(1), 1_800_000)
            .in(Unit.MILLISECONDS)
            .consequence("Longer sessions survive longer pauses and hide dead members longer.")
            .meaning("The longest session that a member may ask for.");

    public static final Setting<Integer> INITIAL_REBALANCE_DELAY_MS = Setting.process(
                    "group.initial.rebalance.delay.ms", SettingType.int32From(0), 3_000)
            .in(Unit.MILLISECONDS)
            .consequence("Longer saves rebalances when many members start together, and lets the first one wait.")
            .meaning("How long an empty group waits for more members after each that joins.");

    public static final Setting<Integer> MAX_SIZE = Setting.process(
                    "group.max.size", SettingType.int32From(1), Integer.MAX_VALUE)
            .meaning("How many members a group may have.");

    public static final Setting<Integer> OFFSET_METADATA_MAX_BYTES = Setting.process(
                    "offset.metadata.max.bytes", SettingType.int32From(0), 4_096)
            .in(Unit.BYTES)
            .meaning("The most that a client may keep beside one committed offset.");

    public static final Setting<Integer> OFFSETS_RETENTION_MINUTES = Setting.process(
                    "offsets.retention.minutes", SettingType.int32From(1), WEEK_MINUTES)
            .in(Unit.MINUTES)
            .consequence("A group that comes back later begins where auto.offset.reset of its consumers says.")
            .meaning("How long the offsets of a group without members, or of topics that nobody reads, are kept.");

    public static final Setting<Long> OFFSETS_RETENTION_CHECK_INTERVAL_MS = Setting.process(
                    "offsets.retention.check.interval.ms", SettingType.int64From(1), 600_000L)
            .in(Unit.MILLISECONDS)
            .meaning("How often offsets that have outlived their time are looked for.");

    public static final Setting<Integer> OFFSETS_TOPIC_NUM_PARTITIONS = Setting.process(
                    "offsets.topic.num.partitions", SettingType.int32(1, 10_000), 50)
            .consequence("Cannot be changed once the topic exists: groups would look for their offsets elsewhere.")
            .meaning("How many partitions the topic of committed offsets is created with.");

    public static final Setting<Integer> OFFSETS_TOPIC_REPLICATION_FACTOR = Setting.process(
                    "offsets.topic.replication.factor", SettingType.int32(1, Short.MAX_VALUE), 3)
            .consequence("A cluster with fewer brokers creates it with as many replicas as it has brokers.")
            .meaning("How many replicas the topic of committed offsets is created with.");

    public static final Setting<Integer> OFFSETS_TOPIC_SEGMENT_BYTES = Setting.process(
                    "offsets.topic.segment.bytes", SettingType.int32From(MEBIBYTE), 100 * MEBIBYTE)
            .in(Unit.BYTES)
            .consequence("Smaller segments are cleaned sooner, which makes a restart load less.")
            .meaning("The size of the segments of the topic of committed offsets.");

    static final List<Setting<?>> IN_ORDER = List.of(
            MIN_SESSION_TIMEOUT_MS,
            MAX_SESSION_TIMEOUT_MS,
            INITIAL_REBALANCE_DELAY_MS,
            MAX_SIZE,
            OFFSET_METADATA_MAX_BYTES,
            OFFSETS_RETENTION_MINUTES,
            OFFSETS_RETENTION_CHECK_INTERVAL_MS,
            OFFSETS_TOPIC_NUM_PARTITIONS,
            OFFSETS_TOPIC_REPLICATION_FACTOR,
            OFFSETS_TOPIC_SEGMENT_BYTES);

    private GroupSettings() {}
}
