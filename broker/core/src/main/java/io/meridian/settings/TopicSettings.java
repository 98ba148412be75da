package io.meridian.settings;

import io.meridian.base.Setting;
import io.meridian.base.Setting.Unit;
import io.meridian.base.SettingRefusal;
import io.meridian.base.SettingType;
import io.meridian.log.FlushPolicy;
import io.meridian.protocol.record.BatchValidation;
import io.meridian.settings.TopicSetting.Synonym;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Every setting of a topic: all that Kafka 4.4 takes, and ours. Those that this release has no use for yet are
/// checked and stored, so that topics can be described and moved without loss.
public final class TopicSettings {
    private static final long MINUTE_MS = 60_000L;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final String STORED_ONLY = "Stored; of no effect without tiered storage.";
    private static final SettingType<List<String>> ANY_LIST = SettingType.list(List.of());

    public static final TopicSetting<List<String>> CLEANUP_POLICY = of("cleanup.policy", LogSettings.CLEANUP_POLICY);
    public static final TopicSetting<CompressionType> COMPRESSION_TYPE =
            of("compression.type", BrokerSettings.COMPRESSION_TYPE);
    public static final TopicSetting<Integer> COMPRESSION_GZIP_LEVEL =
            of("compression.gzip.level", BrokerSettings.COMPRESSION_GZIP_LEVEL);
    public static final TopicSetting<Integer> COMPRESSION_LZ4_LEVEL =
            of("compression.lz4.level", BrokerSettings.COMPRESSION_LZ4_LEVEL);
    public static final TopicSetting<Integer> COMPRESSION_ZSTD_LEVEL =
            of("compression.zstd.level", BrokerSettings.COMPRESSION_ZSTD_LEVEL);
    public static final TopicSetting<Long> DELETE_RETENTION_MS =
            of("delete.retention.ms", LogSettings.CLEANER_DELETE_RETENTION_MS);
    public static final TopicSetting<Boolean> DEAD_LETTER_QUEUE_GROUP_ENABLE = own(
            "errors.deadletterqueue.group.enable",
            SettingType.bool(),
            false,
            Unit.NONE,
            "Share groups may write undeliverable records to this topic.",
            "");
    public static final TopicSetting<Long> FILE_DELETE_DELAY_MS =
            of("file.delete.delay.ms", LogSettings.SEGMENT_DELETE_DELAY_MS);
    public static final TopicSetting<Long> FLUSH_MESSAGES = of("flush.messages", LogSettings.FLUSH_INTERVAL_MESSAGES);
    public static final TopicSetting<Long> FLUSH_MS = of("flush.ms", LogSettings.FLUSH_INTERVAL_MS);
    public static final TopicSetting<FlushPolicy> FLUSH_POLICY = of("flush.policy", LogSettings.FLUSH_POLICY);
    public static final TopicSetting<List<String>> FOLLOWER_THROTTLED_REPLICAS = own(
            "follower.replication.throttled.replicas",
            ANY_LIST,
            List.of(),
            Unit.NONE,
            "Replicas whose fetching is throttled, as partition:broker, or * for all.",
            "");
    public static final TopicSetting<Integer> INDEX_INTERVAL_BYTES =
            of("index.interval.bytes", LogSettings.INDEX_INTERVAL_BYTES);
    public static final TopicSetting<List<String>> LEADER_THROTTLED_REPLICAS = own(
            "leader.replication.throttled.replicas",
            ANY_LIST,
            List.of(),
            Unit.NONE,
            "Replicas to which sending is throttled, as partition:broker, or * for all.",
            "");
    public static final TopicSetting<Long> LOCAL_RETENTION_BYTES =
            of("local.retention.bytes", LogSettings.LOCAL_RETENTION_BYTES);
    public static final TopicSetting<Long> LOCAL_RETENTION_MS =
            of("local.retention.ms", LogSettings.LOCAL_RETENTION_MS);
    public static final TopicSetting<Long> MAX_COMPACTION_LAG_MS =
            of("max.compaction.lag.ms", LogSettings.CLEANER_MAX_COMPACTION_LAG_MS);
    public static final TopicSetting<Integer> MAX_DECOMPRESSED_MESSAGE_BYTES = own(
            "max.decompressed.message.bytes",
            SettingType.int32From(1),
            Integer.MAX_VALUE,
            Unit.BYTES,
            "A single record that is larger than this once decompressed is refused where batches are opened.",
            "Lower guards the memory of the broker.");
    public static final TopicSetting<Integer> MAX_MESSAGE_BYTES =
            of("max.message.bytes", BrokerSettings.MESSAGE_MAX_BYTES);
    public static final TopicSetting<Boolean> MESSAGE_DOWNCONVERSION_ENABLE = own(
            "message.downconversion.enable",
            SettingType.bool(),
            true,
            Unit.NONE,
            "Of no effect: formats older than version 2 are not served.",
            "");
    public static final TopicSetting<Long> MESSAGE_TIMESTAMP_AFTER_MAX_MS =
            of("message.timestamp.after.max.ms", LogSettings.MESSAGE_TIMESTAMP_AFTER_MAX_MS);
    public static final TopicSetting<Long> MESSAGE_TIMESTAMP_BEFORE_MAX_MS =
            of("message.timestamp.before.max.ms", LogSettings.MESSAGE_TIMESTAMP_BEFORE_MAX_MS);
    public static final TopicSetting<TimestampType> MESSAGE_TIMESTAMP_TYPE =
            of("message.timestamp.type", LogSettings.MESSAGE_TIMESTAMP_TYPE);
    public static final TopicSetting<Double> MIN_CLEANABLE_DIRTY_RATIO =
            of("min.cleanable.dirty.ratio", LogSettings.CLEANER_MIN_CLEANABLE_RATIO);
    public static final TopicSetting<Long> MIN_COMPACTION_LAG_MS =
            of("min.compaction.lag.ms", LogSettings.CLEANER_MIN_COMPACTION_LAG_MS);
    public static final TopicSetting<Integer> MIN_INSYNC_REPLICAS =
            of("min.insync.replicas", BrokerSettings.MIN_INSYNC_REPLICAS);
    public static final TopicSetting<Boolean> PREALLOCATE = of("preallocate", LogSettings.PREALLOCATE);
    public static final TopicSetting<BatchValidation> PRODUCE_BATCH_VALIDATION =
            of("produce.batch.validation", LogSettings.PRODUCE_BATCH_VALIDATION);
    public static final TopicSetting<Long> REMOTE_COPY_LAG_BYTES = own(
            "remote.copy.lag.bytes",
            SettingType.int64From(-1),
            0L,
            Unit.BYTES,
            "A closed segment is copied to remote storage once this many newer bytes follow it.",
            STORED_ONLY);
    public static final TopicSetting<Long> REMOTE_COPY_LAG_MS = own(
            "remote.copy.lag.ms",
            SettingType.int64From(-1),
            0L,
            Unit.MILLISECONDS,
            "A closed segment is copied to remote storage once its newest record is this old.",
            STORED_ONLY);
    public static final TopicSetting<Boolean> REMOTE_LOG_COPY_DISABLE = own(
            "remote.log.copy.disable",
            SettingType.bool(),
            false,
            Unit.NONE,
            "No more segments are copied to remote storage.",
            STORED_ONLY);
    public static final TopicSetting<Boolean> REMOTE_LOG_DELETE_ON_DISABLE = own(
            "remote.log.delete.on.disable",
            SettingType.bool(),
            false,
            Unit.NONE,
            "Switching remote storage off deletes what was copied there.",
            STORED_ONLY);
    public static final TopicSetting<Boolean> REMOTE_STORAGE_ENABLE = own(
            "remote.storage.enable",
            SettingType.bool(),
            false,
            Unit.NONE,
            "Closed segments are copied to remote storage.",
            STORED_ONLY);
    public static final TopicSetting<Long> RETENTION_BYTES = of("retention.bytes", LogSettings.RETENTION_BYTES);
    public static final TopicSetting<Long> RETENTION_MS = of(
            "retention.ms",
            LogSettings.RETENTION_MS,
            new Synonym(LogSettings.RETENTION_MINUTES, MINUTE_MS),
            new Synonym(LogSettings.RETENTION_HOURS, HOUR_MS));
    public static final TopicSetting<Integer> SEGMENT_BYTES = of("segment.bytes", LogSettings.SEGMENT_BYTES);
    public static final TopicSetting<Integer> SEGMENT_INDEX_BYTES =
            of("segment.index.bytes", LogSettings.INDEX_SIZE_MAX_BYTES);
    public static final TopicSetting<Long> SEGMENT_JITTER_MS =
            of("segment.jitter.ms", LogSettings.ROLL_JITTER_MS, new Synonym(LogSettings.ROLL_JITTER_HOURS, HOUR_MS));
    public static final TopicSetting<Long> SEGMENT_MS =
            of("segment.ms", LogSettings.ROLL_MS, new Synonym(LogSettings.ROLL_HOURS, HOUR_MS));
    public static final TopicSetting<Boolean> UNCLEAN_LEADER_ELECTION_ENABLE =
            of("unclean.leader.election.enable", BrokerSettings.UNCLEAN_LEADER_ELECTION_ENABLE);

    /// All of them, in the order of names.
    public static final List<TopicSetting<?>> IN_ORDER = List.of(
            CLEANUP_POLICY,
            COMPRESSION_GZIP_LEVEL,
            COMPRESSION_LZ4_LEVEL,
            COMPRESSION_TYPE,
            COMPRESSION_ZSTD_LEVEL,
            DELETE_RETENTION_MS,
            DEAD_LETTER_QUEUE_GROUP_ENABLE,
            FILE_DELETE_DELAY_MS,
            FLUSH_MESSAGES,
            FLUSH_MS,
            FLUSH_POLICY,
            FOLLOWER_THROTTLED_REPLICAS,
            INDEX_INTERVAL_BYTES,
            LEADER_THROTTLED_REPLICAS,
            LOCAL_RETENTION_BYTES,
            LOCAL_RETENTION_MS,
            MAX_COMPACTION_LAG_MS,
            MAX_DECOMPRESSED_MESSAGE_BYTES,
            MAX_MESSAGE_BYTES,
            MESSAGE_DOWNCONVERSION_ENABLE,
            MESSAGE_TIMESTAMP_AFTER_MAX_MS,
            MESSAGE_TIMESTAMP_BEFORE_MAX_MS,
            MESSAGE_TIMESTAMP_TYPE,
            MIN_CLEANABLE_DIRTY_RATIO,
            MIN_COMPACTION_LAG_MS,
            MIN_INSYNC_REPLICAS,
            PREALLOCATE,
            PRODUCE_BATCH_VALIDATION,
            REMOTE_COPY_LAG_BYTES,
            REMOTE_COPY_LAG_MS,
            REMOTE_LOG_COPY_DISABLE,
            REMOTE_LOG_DELETE_ON_DISABLE,
            REMOTE_STORAGE_ENABLE,
            RETENTION_BYTES,
            RETENTION_MS,
            SEGMENT_BYTES,
            SEGMENT_INDEX_BYTES,
            SEGMENT_JITTER_MS,
            SEGMENT_MS,
            UNCLEAN_LEADER_ELECTION_ENABLE);

    public static final SettingCatalogue CATALOGUE = new SettingCatalogue(
            IN_ORDER.stream().<Setting<?>>map(TopicSetting::setting).toList());

    private TopicSettings() {}

    /// The topic setting of this name; null when there is none.
    public static @Nullable TopicSetting<?> byName(String name) {
        for (TopicSetting<?> candidate : IN_ORDER) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    /// A process-wide setting and those that count where it is not given, in coarser and coarser units; at least
    /// itself.
    static List<Synonym> synonymsFrom(Setting<?> setting) {
        for (TopicSetting<?> topicSetting : IN_ORDER) {
            List<Synonym> synonyms = topicSetting.synonyms();
            for (int i = 0; i < synonyms.size(); i++) {
                if (synonyms.get(i).setting().name().equals(setting.name())) {
                    return synonyms.subList(i, synonyms.size());
                }
            }
        }
        return List.of(new Synonym(setting, 1L));
    }

    /// Why these values cannot be set together; null when they can.
    public static @Nullable SettingRefusal conflict(SortedMap<String, String> values) {
        String remote = values.get(REMOTE_STORAGE_ENABLE.name());
        if (remote != null
                && Boolean.TRUE.equals(REMOTE_STORAGE_ENABLE.setting().type().parse(remote))) {
            return new SettingRefusal(
                    REMOTE_STORAGE_ENABLE.name(), remote, "false, as this release has no tiered storage");
        }
        Long min = own(values, MIN_COMPACTION_LAG_MS);
        Long max = own(values, MAX_COMPACTION_LAG_MS);
        return min == null || max == null || min <= max
                ? null
                : new SettingRefusal(
                        MIN_COMPACTION_LAG_MS.name(),
                        Long.toString(min),
                        "at most " + MAX_COMPACTION_LAG_MS.name() + ", which is " + max);
    }

    private static <T> @Nullable T own(SortedMap<String, String> values, TopicSetting<T> setting) {
        String text = values.get(setting.name());
        return text == null ? null : setting.setting().type().parse(text);
    }

    /// A setting that takes, means and defaults to what its process-wide synonym does.
    private static <T> TopicSetting<T> of(String name, Setting<T> synonym, Synonym... further) {
        Setting.Builder<T> builder =
                Setting.topic(name, synonym.type(), synonym.defaultValue()).in(synonym.unit());
        if (further.length == 0) {
            builder.consequence(synonym.consequence());
        }
        Synonym[] synonyms = new Synonym[further.length + 1];
        synonyms[0] = new Synonym(synonym, 1L);
        System.arraycopy(further, 0, synonyms, 1, further.length);
        return new TopicSetting<>(builder.meaning(synonym.meaning()), List.of(synonyms));
    }

    private static <T> TopicSetting<T> own(
            String name, SettingType<T> type, T defaultValue, Unit unit, String meaning, String consequence) {
        return new TopicSetting<>(
                Setting.topic(name, type, defaultValue)
                        .in(unit)
                        .consequence(consequence)
                        .meaning(meaning),
                List.of());
    }
}
