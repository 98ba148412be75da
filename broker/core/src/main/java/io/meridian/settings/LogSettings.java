package io.meridian.settings;

import io.meridian.base.Setting;
import io.meridian.base.Setting.Unit;
import io.meridian.base.SettingType;
import io.meridian.log.FlushPolicy;
import io.meridian.protocol.record.BatchValidation;
import java.util.List;
import java.util.Locale;

/// The process-wide side of what a partition's log does: most of it can be given per topic, under another name.
public final class LogSettings {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final long DAY_MS = 86_400_000L;
    private static final long WEEK_MS = 7 * DAY_MS;
    private static final SettingType<FlushPolicy> FLUSH_POLICY_TYPE = SettingType.oneOf(
            List.of(FlushPolicy.values()), policy -> policy.name().toLowerCase(Locale.ROOT));
    private static final SettingType<BatchValidation> BATCH_VALIDATION_TYPE = SettingType.oneOf(
            List.of(BatchValidation.values()), validation -> validation.name().toLowerCase(Locale.ROOT));

    public static final Setting<Integer> SEGMENT_BYTES = Setting.process(
                    "log.segment.bytes", SettingType.int32From(MEBIBYTE), 1024 * MEBIBYTE)
            .dynamic()
            .in(Unit.BYTES)
            .consequence("Larger segments mean fewer files and coarser retention.")
            .meaning("A segment file that would grow beyond this is closed and a new one begun.");

    public static final Setting<Long> ROLL_MS = Setting.process("log.roll.ms", SettingType.int64From(1), WEEK_MS)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("Counts before log.roll.hours.")
            .meaning("A segment whose first record is older than this is closed at the next append.");

    public static final Setting<Integer> ROLL_HOURS = Setting.process("log.roll.hours", SettingType.int32From(1), 168)
            .in(Unit.HOURS)
            .consequence("Counts when log.roll.ms is not given.")
            .meaning("A segment whose first record is older than this is closed at the next append.");

    public static final Setting<Long> ROLL_JITTER_MS = Setting.process(
                    "log.roll.jitter.ms", SettingType.int64From(0), 0L)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("Counts before log.roll.jitter.hours; more spreads the rolls of many partitions further.")
            .meaning("At most this much, drawn at random, is taken off the age at which a segment is closed.");

    public static final Setting<Integer> ROLL_JITTER_HOURS = Setting.process(
                    "log.roll.jitter.hours", SettingType.int32From(0), 0)
            .in(Unit.HOURS)
            .consequence("Counts when log.roll.jitter.ms is not given.")
            .meaning("At most this much, drawn at random, is taken off the age at which a segment is closed.");

    public static final Setting<Long> RETENTION_MS = Setting.process(
                    "log.retention.ms", SettingType.int64From(-1), WEEK_MS)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("Counts before log.retention.minutes and log.retention.hours; -1 keeps records for ever.")
            .meaning("Segments whose newest record is older than this are deleted.");

    public static final Setting<Integer> RETENTION_MINUTES = Setting.process(
                    "log.retention.minutes", SettingType.int32From(-1), 10_080)
            .in(Unit.MINUTES)
            .consequence("Counts when log.retention.ms is not given, before log.retention.hours.")
            .meaning("Segments whose newest record is older than this are deleted.");

    public static final Setting<Integer> RETENTION_HOURS = Setting.process(
                    "log.retention.hours", SettingType.int32From(-1), 168)
            .in(Unit.HOURS)
            .consequence("Counts when neither log.retention.ms nor log.retention.minutes is given.")
            .meaning("Segments whose newest record is older than this are deleted.");

    public static final Setting<Long> RETENTION_BYTES = Setting.process(
                    "log.retention.bytes", SettingType.int64From(-1), -1L)
            .dynamic()
            .in(Unit.BYTES)
            .consequence("Per partition, not per topic; -1 sets no limit.")
            .meaning("The oldest segments are deleted while a partition is larger than this.");

    public static final Setting<Long> RETENTION_CHECK_INTERVAL_MS = Setting.process(
                    "log.retention.check.interval.ms", SettingType.int64From(1), 300_000L)
            .in(Unit.MILLISECONDS)
            .consequence("Shorter frees space sooner and looks at every partition more often.")
            .meaning("How often retention looks for segments to delete.");

    public static final Setting<List<String>> CLEANUP_POLICY = Setting.process(
                    "log.cleanup.policy", SettingType.list(List.of("compact", "delete")), List.of("delete"))
            .dynamic()
            .consequence("An empty list keeps everything.")
            .meaning("Whether old segments are deleted, compacted to the newest record of each key, or both.");

    public static final Setting<Long> SEGMENT_DELETE_DELAY_MS = Setting.process(
                    "log.segment.delete.delay.ms", SettingType.int64From(0), 60_000L)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("Stored; of no effect, as files are deleted at once.")
            .meaning("How long a file marked as deleted stays on the disk.");

    public static final Setting<Long> LOW_WATERMARK_BYTES = Setting.process(
                    "log.dir.low.watermark.bytes", SettingType.int64From(0), 1024L * MEBIBYTE)
            .in(Unit.BYTES)
            .consequence("The smaller of this and log.dir.low.watermark.percent counts; 0 sets no watermark.")
            .meaning("Records of clients are refused, to be sent again, while the volume has less than this free.");

    public static final Setting<Integer> LOW_WATERMARK_PERCENT = Setting.process(
                    "log.dir.low.watermark.percent", SettingType.int32(0, 50), 5)
            .consequence("The smaller of this and log.dir.low.watermark.bytes counts; 0 sets no watermark.")
            .meaning("Records of clients are refused while less than this share of the volume is free.");

    public static final Setting<Integer> INDEX_SIZE_MAX_BYTES = Setting.process(
                    "log.index.size.max.bytes", SettingType.int32From(4), 10 * MEBIBYTE)
            .dynamic()
            .in(Unit.BYTES)
            .consequence("A full index closes its segment.")
            .meaning("The most that one index file of a segment may take.");

    public static final Setting<Integer> INDEX_INTERVAL_BYTES = Setting.process(
                    "log.index.interval.bytes", SettingType.int32From(0), 4096)
            .dynamic()
            .in(Unit.BYTES)
            .consequence("Fewer bytes make a read start closer to its offset and the index larger.")
            .meaning("An index entry is written after about this many bytes of records.");

    public static final Setting<TimestampType> MESSAGE_TIMESTAMP_TYPE = Setting.process(
                    "log.message.timestamp.type", TimestampType.TYPE, TimestampType.CREATE_TIME)
            .dynamic()
            .consequence("LogAppendTime rewrites each batch's header and so costs a checksum.")
            .meaning("Whether records carry the time of their producer or of the append.");

    public static final Setting<Long> MESSAGE_TIMESTAMP_BEFORE_MAX_MS = Setting.process(
                    "log.message.timestamp.before.max.ms", SettingType.int64From(0), Long.MAX_VALUE)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .meaning("Records whose own time is further in the past are refused.");

    public static final Setting<Long> MESSAGE_TIMESTAMP_AFTER_MAX_MS = Setting.process(
                    "log.message.timestamp.after.max.ms", SettingType.int64From(0), 3_600_000L)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("Records from the future hold back retention by time.")
            .meaning("Records whose own time is further in the future are refused.");

    public static final Setting<Boolean> PREALLOCATE = Setting.process("log.preallocate", SettingType.bool(), false)
            .dynamic()
            .meaning("Whether a new segment file gets its full size at once.");

    public static final Setting<Long> FLUSH_INTERVAL_MESSAGES = Setting.process(
                    "log.flush.interval.messages", SettingType.int64From(1), Long.MAX_VALUE)
            .dynamic()
            .consequence("Of no effect under flush.policy=ack, which syncs before it acknowledges.")
            .meaning("A partition is synced after this many records.");

    public static final Setting<Long> FLUSH_INTERVAL_MS = Setting.process(
                    "log.flush.interval.ms", SettingType.int64From(0), Long.MAX_VALUE)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("Of no effect under flush.policy=ack, which syncs before it acknowledges.")
            .meaning("A partition is synced at the latest this long after an append.");

    public static final Setting<Long> FLUSH_OFFSET_CHECKPOINT_INTERVAL_MS = Setting.process(
                    "log.flush.offset.checkpoint.interval.ms", SettingType.int64From(1), 60_000L)
            .in(Unit.MILLISECONDS)
            .consequence("Shorter means less to read again after a crash and more small writes.")
            .meaning("How often the offsets up to which logs are known to be on disk are written down.");

    public static final Setting<FlushPolicy> FLUSH_POLICY = Setting.process(
                    "flush.policy", FLUSH_POLICY_TYPE, FlushPolicy.ACK)
            .dynamic()
            .consequence("os is faster; a loss of power can then lose what was acknowledged.")
            .meaning("Whether an acknowledged record is on the disk (ack) or handed to the operating system (os).");

    public static final Setting<BatchValidation> PRODUCE_BATCH_VALIDATION = Setting.process(
                    "produce.batch.validation", BATCH_VALIDATION_TYPE, BatchValidation.RELAXED)
            .dynamic()
            .consequence("strict decompresses every batch and finds producers that write broken ones.")
            .meaning("Whether compressed batches are opened only where a rule needs it (relaxed) or always (strict).");

    public static final Setting<Long> CLEANER_DELETE_RETENTION_MS = Setting.process(
                    "log.cleaner.delete.retention.ms", SettingType.int64From(0), DAY_MS)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("A reader that takes longer than this from offset 0 may miss a deletion.")
            .meaning("How long compaction keeps the marker that says a key was deleted.");

    public static final Setting<Long> CLEANER_MIN_COMPACTION_LAG_MS = Setting.process(
                    "log.cleaner.min.compaction.lag.ms", SettingType.int64From(0), 0L)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .meaning("Records younger than this are not compacted.");

    public static final Setting<Long> CLEANER_MAX_COMPACTION_LAG_MS = Setting.process(
                    "log.cleaner.max.compaction.lag.ms", SettingType.int64From(1), Long.MAX_VALUE)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("Segments of compacted topics are closed at this age too.")
            .meaning("Records older than this are compacted however little there is to gain.");

    public static final Setting<Double> CLEANER_MIN_CLEANABLE_RATIO = Setting.process(
                    "log.cleaner.min.cleanable.ratio", SettingType.decimal(0, 1), 0.5)
            .dynamic()
            .consequence("Higher cleans less often and wastes more space.")
            .meaning("A log is compacted when this share of it was written since the last time.");

    public static final Setting<Long> LOCAL_RETENTION_MS = Setting.process(
                    "log.local.retention.ms", SettingType.int64From(-2), -2L)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("-2 takes the value of log.retention.ms; stored, of no effect without tiered storage.")
            .meaning("How long segments that were copied to remote storage stay on the local disk.");

    public static final Setting<Long> LOCAL_RETENTION_BYTES = Setting.process(
                    "log.local.retention.bytes", SettingType.int64From(-2), -2L)
            .dynamic()
            .in(Unit.BYTES)
            .consequence("-2 takes the value of log.retention.bytes; stored, of no effect without tiered storage.")
            .meaning("How many bytes that were copied to remote storage stay on the local disk.");

    static final List<Setting<?>> IN_ORDER = List.of(
            FLUSH_POLICY,
            PRODUCE_BATCH_VALIDATION,
            SEGMENT_BYTES,
            ROLL_MS,
            ROLL_HOURS,
            ROLL_JITTER_MS,
            ROLL_JITTER_HOURS,
            RETENTION_MS,
            RETENTION_MINUTES,
            RETENTION_HOURS,
            RETENTION_BYTES,
            RETENTION_CHECK_INTERVAL_MS,
            CLEANUP_POLICY,
            SEGMENT_DELETE_DELAY_MS,
            LOW_WATERMARK_BYTES,
            LOW_WATERMARK_PERCENT,
            INDEX_SIZE_MAX_BYTES,
            INDEX_INTERVAL_BYTES,
            MESSAGE_TIMESTAMP_TYPE,
            MESSAGE_TIMESTAMP_BEFORE_MAX_MS,
            MESSAGE_TIMESTAMP_AFTER_MAX_MS,
            PREALLOCATE,
            FLUSH_INTERVAL_MESSAGES,
            FLUSH_INTERVAL_MS,
            FLUSH_OFFSET_CHECKPOINT_INTERVAL_MS,
            CLEANER_DELETE_RETENTION_MS,
            CLEANER_MIN_COMPACTION_LAG_MS,
            CLEANER_MAX_COMPACTION_LAG_MS,
            CLEANER_MIN_CLEANABLE_RATIO,
            LOCAL_RETENTION_MS,
            LOCAL_RETENTION_BYTES);

    private LogSettings() {}
}
