package io.meridian.settings;

import io.meridian.log.FlushPolicy;
import io.meridian.log.LogConfig;
import io.meridian.log.state.RetentionRule;

/// What a partition's log is told of the configuration.
public final class LogConfigs {
    private static final String COMPACT = "compact";
    private static final String DELETE = "delete";

    private LogConfigs() {}

    /// The settings of the logs of one topic.
    public static LogConfig of(EffectiveTopicConfig topic, BrokerConfig broker) {
        return of(topic, broker, topic.value(TopicSettings.FLUSH_POLICY));
    }

    /// The settings of the logs of an internal topic: an acknowledged write of a coordinator is always on the disk.
    public static LogConfig ofInternal(EffectiveTopicConfig topic, BrokerConfig broker) {
        return of(topic, broker, FlushPolicy.ACK);
    }

    private static LogConfig of(EffectiveTopicConfig topic, BrokerConfig broker, FlushPolicy flushPolicy) {
        boolean compacted = topic.value(TopicSettings.CLEANUP_POLICY).contains(COMPACT);
        long segmentMs = topic.value(TopicSettings.SEGMENT_MS);
        return new LogConfig(
                topic.value(TopicSettings.SEGMENT_BYTES),
                compacted ? Math.min(segmentMs, topic.value(TopicSettings.MAX_COMPACTION_LAG_MS)) : segmentMs,
                topic.value(TopicSettings.SEGMENT_JITTER_MS),
                topic.value(TopicSettings.INDEX_INTERVAL_BYTES),
                topic.value(TopicSettings.SEGMENT_INDEX_BYTES),
                topic.value(TopicSettings.MAX_MESSAGE_BYTES),
                flushPolicy,
                compacted,
                topic.value(TopicSettings.MESSAGE_TIMESTAMP_TYPE) == TimestampType.LOG_APPEND_TIME,
                topic.value(TopicSettings.MESSAGE_TIMESTAMP_BEFORE_MAX_MS),
                topic.value(TopicSettings.MESSAGE_TIMESTAMP_AFTER_MAX_MS),
                topic.value(TopicSettings.PRODUCE_BATCH_VALIDATION),
                topic.broker().value(BrokerSettings.PRODUCER_ID_EXPIRATION_MS),
                broker.checkpointIntervalMs(),
                retention(topic),
                !compacted || topic.value(TopicSettings.CLEANUP_POLICY).contains(DELETE));
    }

    private static RetentionRule retention(EffectiveTopicConfig topic) {
        return topic.value(TopicSettings.CLEANUP_POLICY).contains(DELETE)
                ? new RetentionRule(topic.value(TopicSettings.RETENTION_MS), topic.value(TopicSettings.RETENTION_BYTES))
                : RetentionRule.KEEP_ALL;
    }
}
