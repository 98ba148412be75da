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
import io.meridian.log.storage.StorageJob;
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

    private final PartitionLog log;
    private final LogStorage storage;
    private final SegmentSet segments;
    private final AppendPlanner planner;
    private final LogSync sync;
    private final long cleanEndOffset;
    private long snapshotOffset;
    /// Snapshots that may be needed after a crash, oldest first: the newest below the synced end, and later ones.
    private final Deque<Long> snapshots = new ArrayDeque<>();
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
        return snapshotOffset != log.logEndOffset() || log.recoveryPoint() != log.logEndOffset();
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
    StorageJob nextJob(Now now) {
        if (inFlight != null || now.monotonicNs() < nextDeadlineNs()) {
            return null;
        }
        planner.producers().expire(now.wallMs(), log.config().producerIdExpirationMs());
        lastRunNs = now.monotonicNs();
        segments.all().forEach(Segment::dropUnusedIndexes);
        if (!isSealPending && !isDirty()) {
            return null;
        }
        isSealPending = false;
        Segment active = segments.active();
        boolean forcesActive = log.config().flushPolicy() == FlushPolicy.OS;
        long durable = forcesActive ? log.writtenEndOffset() : log.syncedEndOffset();
        UpkeepJob job = job(durable, durable, isActiveIndexDue(active), this::onDone);
        if (forcesActive) {
            job.addForced(active);
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
        sync.onParentForced();
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
            long recoveryPoint, long indexEndOffset, boolean withActiveIndex, UpkeepJob.Completion completion) {
        UpkeepJob job = new UpkeepJob(
                storage,
                log.directory(),
                sync.isParentDurable(),
                recoveryPoint,
                planner.epochs().entries(),
                completion);
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
        if (!job.epochs().equals(persistedEpochs)) {
            job.addFile(LeaderEpochCheckpoint.NAME, LeaderEpochCheckpoint.encode(job.epochs()));
        }
        long offset = log.logEndOffset();
        if (snapshotOffset != offset) {
            job.addSnapshot(offset, ProducerSnapshot.encode(planner.producers()));
        }
        return job;
    }

    /// The last job of a log. A faulted log only gives up its files.
    ///
    /// @param leftFiles further files to give up
    StorageJob closeJob(
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
        UpkeepJob last = job(endOffset, endOffset, true, (job, fault) -> {
            if (fault == null) {
                log.advanceSyncedEnd(endOffset);
                log.advanceRecoveryPoint(endOffset);
            }
        });
        last.addForced(active);
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
