package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.checkpoint.LeaderEpochCheckpoint;
import io.meridian.log.segment.IndexBuilder;
import io.meridian.log.segment.RecoveredLog;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.state.AppendPlanner;
import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.state.ProducerSnapshot;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Persists what could be rebuilt, so that it need not be: indexes, producer states, leader epochs. Everything a job
/// writes is encoded on the loop, because it belongs to the loop.
final class LogUpkeep {
    /// How late an idle log may forget a producer, as a part of the time it remembers one.
    private static final int EXPIRY_ROUNDS_PER_EXPIRATION = 24;

    /// Recovery reads that much faster than an index file is written and forced.
    private static final long ACTIVE_BYTES_WITHOUT_INDEX = 16L << 20;

    /// So little is read again after a crash rather than kept from it by a snapshot or an epoch file. A node with
    /// thousands of logs that are written slowly would otherwise do nothing but write small files.
    private static final long REPLAYED_BYTES_MAX = 1L << 20;

    /// So little is read again after a clean stop: every log is opened at a start, few of them after a crash.
    private static final long REPLAYED_AFTER_CLOSE_BYTES_MAX = RecoveredLog.REPLAYED_GLADLY_BYTES;

    /// Logs whose segments are limited to small indexes are small themselves: what is read again is limited with
    /// them.
    private static final int REPLAYED_BYTES_PER_INDEX_BYTE = 16;

    private final PartitionLog log;
    private final LogStorage storage;
    private final SegmentSet segments;
    private final AppendPlanner planner;
    private final LogSync sync;
    private final long cleanEndOffset;
    private long snapshotOffset;
    /// Snapshots that may be needed after a crash, oldest first: the newest below the synced end, and later ones.
    private final Deque<Long> snapshots = new ArrayDeque<>(1);
    private long snapshotOfSegment = -1;
    private long snapshotAtBytes;
    private long indexedOfSegment;
    private long indexedBytes;
    private List<LeaderEpochs.Entry> persistedEpochs;
    private long lastRunNs;
    private boolean isSealPending;
    private @Nullable UpkeepJob inFlight;

    LogUpkeep(
            PartitionLog log,
            LogStorage storage,
            SegmentSet segments,
            AppendPlanner planner,
            LogSync sync,
            RecoveredLog found,
            Now now) {
        this.log = log;
        this.storage = storage;
        this.segments = segments;
        this.planner = planner;
        this.sync = sync;
        this.snapshotOffset = found.snapshotOffset();
        this.snapshots.add(found.snapshotOffset());
        this.cleanEndOffset = found.isUntouched() ? found.endOffset() : -1;
        this.persistedEpochs = found.persistedEpochs();
        this.lastRunNs = now.monotonicNs();
    }

    void onRolled() {
        isSealPending = true;
    }

    /// Whoever wrote below this offset is known after a crash without the segments there: a snapshot says so, and
    /// the log will not end below it.
    long rememberedOffset() {
        if (log.producerCount() == 0) {
            return Long.MAX_VALUE;
        }
        long remembered = -1;
        for (long offset : snapshots) {
            remembered = offset <= log.syncedEndOffset() ? offset : remembered;
        }
        return remembered;
    }

    /// Has the next [#nextJob] write a snapshot without delay.
    void hurry() {
        isSealPending = true;
    }

    private boolean isDirty() {
        return isSnapshotDue(REPLAYED_BYTES_MAX) || log.recoveryPoint() != log.logEndOffset();
    }

    /// Whether more lies behind the newest snapshot than is read again gladly.
    private boolean isSnapshotDue(long replayedBytesMax) {
        if (snapshotOffset == log.logEndOffset()) {
            return false;
        }
        Segment active = segments.active();
        long before = snapshotOfSegment == active.baseOffset() ? snapshotAtBytes : 0;
        return isSealPending || active.writtenBytes() - before >= scaled(replayedBytesMax);
    }

    private long scaled(long replayedBytesMax) {
        return Math.min(
                replayedBytesMax,
                (long) REPLAYED_BYTES_PER_INDEX_BYTE * log.config().segmentIndexBytes());
    }

    /// Whether the epoch file has to follow. As long as there is none, everything is told by a log that is read from
    /// its first batch on.
    private boolean areEpochsDue(List<LeaderEpochs.Entry> epochs, long replayedBytesMax) {
        if (epochs.equals(persistedEpochs)) {
            return false;
        }
        Segment active = segments.active();
        return !persistedEpochs.isEmpty()
                || active.baseOffset() > 0
                || active.writtenBytes() >= scaled(replayedBytesMax);
    }

    long nextDeadlineNs() {
        if (inFlight != null) {
            return Long.MAX_VALUE;
        }
        if (isSealPending) {
            return lastRunNs;
        }
        LogConfig config = log.config();
        if (isDirty()) {
            return new Now(0, lastRunNs).deadlineNs(config.maintenanceIntervalMs());
        }
        return log.producerCount() == 0
                ? Long.MAX_VALUE
                : new Now(0, lastRunNs)
                        .deadlineNs(Math.max(
                                config.maintenanceIntervalMs(),
                                config.producerIdExpirationMs() / EXPIRY_ROUNDS_PER_EXPIRATION));
    }

    boolean isUnderWay() {
        return inFlight != null;
    }

    @Nullable
    UpkeepJob nextJob(Now now) {
        if (inFlight != null || now.monotonicNs() < nextDeadlineNs()) {
            return null;
        }
        planner.producers().expire(now.wallMs(), log.config().producerIdExpirationMs());
        lastRunNs = now.monotonicNs();
        segments.all().forEach(Segment::dropUnusedIndexes);
        if (!isSealPending && !isDirty()) {
            return null;
        }
        Segment active = segments.active();
        boolean forcesActive = log.config().flushPolicy() == FlushPolicy.OS;
        long durable = forcesActive ? log.writtenEndOffset() : log.syncedEndOffset();
        UpkeepJob job = job(durable, durable, isActiveIndexDue(active), REPLAYED_BYTES_MAX, this::onDone);
        isSealPending = false;
        if (forcesActive && log.syncedEndOffset() < durable) {
            job.addForced(active);
        }
        if (!job.hasWork()) {
            job.complete(null, now);
            return null;
        }
        inFlight = job;
        return job;
    }

    private boolean isActiveIndexDue(Segment active) {
        long before = indexedOfSegment == active.baseOffset() ? indexedBytes : 0;
        if (active.writtenBytes() - before < ACTIVE_BYTES_WITHOUT_INDEX) {
            return false;
        }
        indexedOfSegment = active.baseOffset();
        indexedBytes = active.writtenBytes();
        return true;
    }

    private void onDone(UpkeepJob job, @Nullable StorageFault fault) {
        inFlight = null;
        if (fault != null) {
            isSealPending = true;
            if (fault.kind() != StorageFault.Kind.FULL) {
                log.fail(fault);
            }
            return;
        }
        job.sealedSegments().forEach(Segment::sealed);
        if (job.hasWork()) {
            sync.onForced(job.names());
        }
        if (job.snapshotOffset() > snapshotOffset) {
            snapshotOffset = job.snapshotOffset();
            snapshots.add(snapshotOffset);
            long remembered = rememberedOffset();
            snapshots.removeIf(offset -> offset < remembered);
        }
        persistedEpochs = job.epochs();
        log.advanceSyncedEnd(job.recoveryPoint());
        log.advanceRecoveryPoint(job.recoveryPoint());
    }

    /// @param indexEndOffset entries of the active segment from here on are left out: their bytes may be lost
    private UpkeepJob job(
            long recoveryPoint,
            long indexEndOffset,
            boolean withActiveIndex,
            long replayedBytesMax,
            UpkeepJob.Completion completion) {
        UpkeepJob job = new UpkeepJob(
                storage, log.directory(), sync.names(), sync.unforced(), recoveryPoint, persistedEpochs, completion);
        for (Segment segment : segments.all()) {
            IndexBuilder indexes = segment.indexes();
            boolean isActive = segment == segments.active();
            if (!isActive && segment.endOffset() > recoveryPoint) {
                // A sync of it may be under way and fail. A force of ours would then succeed and prove nothing.
                continue;
            }
            if (indexes != null && !segment.isSealed() && (!isActive || withActiveIndex)) {
                long end = isActive ? indexEndOffset : segment.endOffset();
                job.addIndexes(segment, indexes, end, !isActive);
            }
        }
        List<LeaderEpochs.Entry> epochs = planner.epochs().entries();
        if (areEpochsDue(epochs, replayedBytesMax)) {
            job.addEpochs(epochs, LeaderEpochCheckpoint.encode(epochs));
        }
        long offset = log.logEndOffset();
        if (isSnapshotDue(replayedBytesMax)) {
            job.addSnapshot(offset, ProducerSnapshot.encode(planner.producers()));
            snapshotOfSegment = segments.active().baseOffset();
            snapshotAtBytes = segments.active().writtenBytes();
        }
        return job;
    }

    /// The last job of a log. A faulted log only gives up its files.
    ///
    /// @param leftFiles further files to give up
    CloseJob closeJob(
            @Nullable StorageFault logFault, List<SegmentFile> leftFiles, Consumer<@Nullable StorageFault> whenDone) {
        List<SegmentFile> files = new ArrayList<>(leftFiles);
        for (Segment segment : segments.all()) {
            files.add(segment.file());
        }
        boolean isUntouched = log.logEndOffset() == cleanEndOffset
                && planner.epochs().entries().equals(persistedEpochs);
        if (logFault != null || isUntouched) {
            return new CloseJob(null, files, logFault, whenDone);
        }
        Segment active = segments.active();
        IndexBuilder indexes = active.indexes();
        if (indexes != null) {
            indexes.seal();
        }
        long endOffset = log.logEndOffset();
        boolean withIndex = active.writtenBytes() >= scaled(REPLAYED_AFTER_CLOSE_BYTES_MAX);
        UpkeepJob last = job(endOffset, endOffset, withIndex, REPLAYED_AFTER_CLOSE_BYTES_MAX, (job, fault) -> {
            if (fault == null) {
                log.advanceSyncedEnd(endOffset);
                log.advanceRecoveryPoint(endOffset);
            }
        });
        if (log.syncedEndOffset() < endOffset) {
            last.addForced(active);
        }
        return new CloseJob(last, files, null, whenDone);
    }

    /// Gives up a file that was created for a log that was deleted meanwhile; it goes with the directory.
    void abandon(SegmentFile file) {
        try {
            file.close();
        } catch (StorageFault fault) {
            log.fail(fault);
        }
    }
}
