package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.state.AppendPlanner;
import io.meridian.log.state.RetentionRule;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves the start of a log forward and removes what lies before it, in the order that a crash forgives: the start
/// is intended, it is made durable by whoever keeps the checkpoints, it counts, and only then files go. Files that
/// jobs still use are kept until these are done, and segments are kept until a snapshot remembers their producers:
/// a retry of a record that was deleted must not be stored again.
final class LogTrimmer {
    private static final long NO_ROLL = -1L;

    private final PartitionLog log;
    private final LogStorage storage;
    private final SegmentSet segments;
    private final AppendPlanner planner;
    private final LogWriter writer;
    private final LogUpkeep upkeep;
    private final List<Segment> condemned = new ArrayList<>(0);
    private long intendedStartOffset;
    private long rollAtOffset = NO_ROLL;
    private @Nullable RemovalJob inFlight;

    LogTrimmer(
            PartitionLog log,
            LogStorage storage,
            SegmentSet segments,
            AppendPlanner planner,
            LogWriter writer,
            LogUpkeep upkeep) {
        this.log = log;
        this.storage = storage;
        this.segments = segments;
        this.planner = planner;
        this.writer = writer;
        this.upkeep = upkeep;
        this.intendedStartOffset = log.logStartOffset();
    }

    long intendedStartOffset() {
        return intendedStartOffset;
    }

    void intend(long offset) {
        intendedStartOffset = Math.max(intendedStartOffset, offset);
    }

    /// Applies the retention rule as of now. When even the newest segment is due, the log goes on in a new one.
    void retain(RetentionRule rule, Now now) {
        List<Segment> all = segments.all();
        List<RetentionRule.Candidate> candidates = new ArrayList<>(all.size());
        for (int index = 0; index < all.size(); index++) {
            Segment segment = all.get(index);
            long end = index + 1 < all.size() ? all.get(index + 1).baseOffset() : log.logEndOffset();
            candidates.add(new RetentionRule.Candidate(end, segment.writtenBytes(), segment.newestMs()));
        }
        int due = rule.dueCount(candidates, log.highWatermark(), now.wallMs());
        if (due > 0) {
            intend(candidates.get(due - 1).endOffset());
        }
        if (due == all.size()) {
            rollAtOffset = log.logEndOffset();
            rollWhenStarted();
        }
    }

    /// The start offset counts now, durably.
    void onStarted() {
        planner.epochs().forgetBelow(log.logStartOffset());
        rollWhenStarted();
    }

    /// Begins a new segment when everything in the newest one is gone and nothing was appended since.
    private void rollWhenStarted() {
        boolean isDue = rollAtOffset == log.logEndOffset() && rollAtOffset == log.logStartOffset();
        if (isDue && segments.active().baseOffset() < rollAtOffset && writer.isIdle()) {
            planner.roll(rollAtOffset);
            writer.rollTo(rollAtOffset);
        }
        if (isDue || rollAtOffset < log.logEndOffset()) {
            rollAtOffset = NO_ROLL;
        }
    }

    /// True when files wait for a [#removal] that can remove some.
    boolean isRemovalDue() {
        return inFlight == null && (!condemned.isEmpty() || segments.isAnyBelow(log.logStartOffset()));
    }

    @Nullable
    StorageJob removal() {
        if (inFlight != null) {
            return null;
        }
        long remembered = upkeep.rememberedOffset();
        condemned.addAll(segments.removeBelow(Math.min(log.logStartOffset(), remembered)));
        if (segments.isAnyBelow(log.logStartOffset())) {
            upkeep.hurry();
        }
        List<Segment> free =
                condemned.stream().filter(segment -> !segment.isUsed()).toList();
        if (free.isEmpty()) {
            return null;
        }
        condemned.removeAll(free);
        inFlight = new RemovalJob(this, storage, log.directory(), free);
        return inFlight;
    }

    /// What could not be removed for want of space goes when the log is opened the next time.
    void onRemoved(RemovalJob job, @Nullable StorageFault fault) {
        inFlight = null;
        if (fault != null && fault.kind() != StorageFault.Kind.FULL) {
            log.fail(fault);
        } else if (fault == null) {
            long bytes = 0;
            for (Segment segment : job.segments()) {
                bytes += segment.writtenBytes();
            }
            log.onRemoved(job.segments().size(), bytes);
        }
    }

    boolean isUnderWay() {
        return inFlight != null;
    }

    /// Files of removed segments that jobs used until now; the log ends and gives them up.
    List<SegmentFile> leftFiles() {
        return condemned.stream().map(Segment::file).toList();
    }
}
