package io.meridian.log;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.log.segment.ReadMemory;
import io.meridian.log.segment.RecoveredLog;
import io.meridian.log.segment.RecoveredSegment;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.state.AppendPlanner;
import io.meridian.log.state.SegmentPlan;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.wire.Lease;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The log of one partition, confined to one loop.
///
/// An append takes three steps: [#append] plans it (offsets, producer state, [#logEndOffset()]), the job of
/// [#nextJob] writes it ([#writtenEndOffset()]), a [SyncTarget] makes it durable ([#syncedEndOffset()]). Nothing
/// is readable above the written end. Jobs run where their lane says and change the log only in their completion,
/// on the loop.
///
/// After a failed write or sync the log is faulted: it takes nothing, forces nothing and serves nothing until it is
/// opened again. Who leads the partition, and what is replicated, is decided elsewhere.
public final class PartitionLog {
    /// Bytes taken to be in memory when nobody says otherwise.
    static final long DEFAULT_HOT_BYTES = 256L << 20;

    /// The path of the directory that holds the logs, as storage names it.
    static final String LOG_DIRECTORY = "";

    private enum State {
        OPEN,
        CLOSED
    }

    private final LogStorage storage;
    private final LogIdentity identity;
    private final LogOffsets offsets;
    private final ReadMemory memory;
    private final SegmentSet segments;
    private final AppendPlanner planner;
    private final LogWriter writer;
    private final LogAppender appender;
    private final LogReader reader;
    private final LogSync sync;
    private final LogUpkeep upkeep;
    private final LogTrimmer trimmer;
    private LogConfig config;
    private LogListener listener = LogListener.NONE;
    private @Nullable StorageFault fault;
    private State state = State.OPEN;

    PartitionLog(
            LogStorage storage,
            LogIdentity identity,
            LogConfig config,
            RecoveredLog found,
            ReadMemory memory,
            Now now) {
        this.storage = storage;
        this.identity = identity;
        this.config = config;
        this.memory = memory;
        this.offsets = new LogOffsets(found.logStartOffset(), found.endOffset());
        List<Segment> opened = new ArrayList<>(found.segments().size());
        for (RecoveredSegment segment : found.segments()) {
            opened.add(new Segment(segment, memory));
        }
        this.segments = new SegmentSet(opened);
        Segment active = segments.active();
        var indexes = Invariant.present(active.indexes(), "the active segment keeps its indexes");
        this.planner = new AppendPlanner(
                found.producers(),
                found.epochs(),
                new SegmentPlan(
                        active.baseOffset(),
                        active.writtenBytes(),
                        active.firstTimestampMs(),
                        indexes.offsets().count()));
        this.writer = new LogWriter(this, storage, directory(), segments);
        this.appender = new LogAppender(offsets, planner, writer, config);
        this.reader = new LogReader(this, storage, directory(), segments, memory);
        this.sync = new LogSync(this, storage, segments, found.areNamesPending(), found.unsynced());
        this.upkeep = new LogUpkeep(this, storage, segments, planner, sync, found, now);
        this.trimmer = new LogTrimmer(this, storage, segments, planner, writer, upkeep);
        opened.forEach(segment -> segment.appendedAt(now.wallMs()));
        planner.epochs().forgetBelow(found.logStartOffset());
    }

    /// As [#open(LogStorage, LogIdentity, LogConfig, OpenPoint, ReadMemory, Now, Consumer)], with memory of its own.
    public static StorageJob open(
            LogStorage storage,
            LogIdentity identity,
            LogConfig config,
            OpenPoint point,
            Now now,
            Consumer<OpenResult> whenDone) {
        return open(storage, identity, config, point, new ReadMemory(DEFAULT_HOT_BYTES), now, whenDone);
    }

    /// A job that opens a log: creates it, or recovers it and makes durable what it keeps. The result is handed to
    /// `whenDone` on the loop that completes the job.
    ///
    /// @param memory shared by the logs of one loop
    public static StorageJob open(
            LogStorage storage,
            LogIdentity identity,
            LogConfig config,
            OpenPoint point,
            ReadMemory memory,
            Now now,
            Consumer<OpenResult> whenDone) {
        return new OpenJob(storage, identity, config, point, memory, now, whenDone);
    }

    /// Plans an append of the one batch in the remaining bytes of `batch`, which must be writable, and keeps it and
    /// `lease` until the bytes are written or lost. Base offset, leader epoch and, where the topic says so, the
    /// timestamp are patched in place.
    ///
    /// @param leaderEpoch the epoch to stamp; ignored for REPLICA and MIRROR, whose batches carry theirs
    public AppendOutcome append(ByteBuffer batch, AppendOrigin origin, int leaderEpoch, Now now, Lease lease) {
        return isWritable()
                ? appender.append(batch, origin, leaderEpoch, now, lease)
                : LogAppender.refused(ErrorCode.KAFKA_STORAGE_ERROR, identity + " is out of service: " + faultText());
    }

    /// The append that this batch of a client is a retry of; null when it is none. Changes nothing.
    public AppendOutcome.@Nullable Duplicate originalOf(ByteBuffer batch, Now now) {
        return appender.originalOf(batch, now);
    }

    /// The next write or roll; null when nothing is queued or one is under way. Every job must be run and completed
    /// before the next one is asked for.
    public @Nullable StorageJob nextJob(Now now) {
        return isWritable() ? writer.nextJob() : null;
    }

    /// What to force so that everything written so far is durable; null when it is, or when a target that was handed
    /// out and is not complete yet covers it. Every target must be completed.
    public @Nullable SyncTarget syncTarget() {
        return isWritable() ? sync.target() : null;
    }

    /// Names the one who hears about this log from now on.
    public void onEvents(LogListener newListener) {
        this.listener = newListener;
    }

    /// Reads from the batch that contains `fetchOffset` on.
    ///
    /// @param maxBytes the slice is not longer, except for the first batch when `atLeastOneBatch`
    public ReadOutcome read(long fetchOffset, int maxBytes, boolean atLeastOneBatch, ReadBound bound) {
        if (fault != null || state != State.OPEN) {
            return new ReadOutcome.Damaged(identity + " is out of service: " + faultText());
        }
        if (fetchOffset < offsets.logStartOffset() || fetchOffset > offsets.logEndOffset()) {
            return new ReadOutcome.OutOfRange();
        }
        long boundOffset = boundOffset(bound);
        return fetchOffset >= boundOffset
                ? new ReadOutcome.Nothing()
                : reader.read(fetchOffset, maxBytes, atLeastOneBatch, boundOffset);
    }

    private long boundOffset(ReadBound bound) {
        return switch (bound) {
            case HIGH_WATERMARK -> offsets.highWatermark();
            case LAST_STABLE_OFFSET -> offsets.lastStableOffset();
            case WRITTEN_END -> offsets.writtenEndOffset();
        };
    }

    /// A job that answers a question about timestamps.
    public StorageJob lookup(OffsetLookup what, Consumer<LookupOutcome> whenDone) {
        return new LookupJob(
                storage, directory(), segments, what, offsets.logStartOffset(), boundOffset(what.bound()), whenDone);
    }

    /// Where the reign of the largest known epoch not above `leaderEpoch` ends; UNKNOWN when `leaderEpoch` is newer
    /// than everything the log knows.
    public EpochEnd endOffsetFor(int leaderEpoch) {
        int known = planner.epochs().epochFor(leaderEpoch);
        return known < 0
                ? EpochEnd.UNKNOWN
                : new EpochEnd(known, planner.epochs().endOffsetFor(leaderEpoch, offsets.logEndOffset()));
    }

    /// The newest epoch that wrote here, -1 when there is none.
    public int latestEpoch() {
        return planner.epochs().latest();
    }

    /// The epoch that wrote `offset`, -1 when it is unknown.
    public int epochAt(long offset) {
        return planner.epochs().epochAt(offset);
    }

    /// Notes that a new reign begins at the log end offset, before its first append.
    public void beginEpoch(int leaderEpoch) {
        planner.epochs().assign(leaderEpoch, offsets.logEndOffset());
    }

    /// Everything written so far, for whoever rebuilds a state from it.
    public LogReplay replay() {
        return new LogReplay(segments.all());
    }

    /// Takes other settings from the next append on.
    public void configure(LogConfig newConfig) {
        this.config = newConfig;
        appender.configure(newConfig);
    }

    /// Looks which segments the topic's retention has become too old or too many for, and intends to start behind
    /// them.
    public void retain(Now now) {
        if (isWritable()) {
            trimmer.retain(config.retention(), now);
        }
    }

    /// Asks that the log begin at `offset`, at or below the high watermark. It does so once somebody has made
    /// [#intendedStartOffset()] durable and says [#startPersisted]; an offset below the present start changes
    /// nothing.
    public void intendStart(long offset) {
        Invariant.check(
                offset <= offsets.highWatermark(), "a start above the high watermark", offset, offsets.highWatermark());
        trimmer.intend(offset);
    }

    /// Where the log is to begin: what the checkpoint of log start offsets must name.
    public long intendedStartOffset() {
        return trimmer.intendedStartOffset();
    }

    /// A checkpoint names `offset` as the first one to keep, durably: nothing below is served from here on, and
    /// [#removal()] may delete it.
    public void startPersisted(long offset) {
        if (state == State.OPEN && offset > offsets.logStartOffset()) {
            offsets.advanceLogStart(Math.min(offset, trimmer.intendedStartOffset()));
            trimmer.onStarted();
        }
    }

    /// A job that deletes the files of segments wholly below the log start offset; null when there are none that
    /// nobody uses, or when one is under way. Some may have to wait for [#maintenance], which is then due.
    public @Nullable StorageJob removal() {
        return isWritable() ? trimmer.removal() : null;
    }

    /// Whether [#removal()] has, or will have, something to do.
    public boolean isRemovalDue() {
        return isWritable() && trimmer.isRemovalDue();
    }

    /// Whether [#nextJob] has something to do.
    public boolean isWriteDue() {
        return isWritable() && !writer.isIdle() && !writer.isBusy() && writer.stall() == null;
    }

    /// True while what is queued waits for space on the volume.
    public boolean isStalled() {
        return isWritable() && writer.stall() != null;
    }

    /// Has the next [#nextJob] try again what found no space.
    public void resume() {
        writer.resume();
    }

    /// Takes a stalled log out of service with all that it could not write.
    public void giveUp() {
        StorageFault stall = writer.stall();
        if (stall != null) {
            fail(stall);
        }
    }

    /// A job that persists what recovery would otherwise rebuild, so that [#recoveryPoint()] may advance, and
    /// forgets silent producers; null when it is not due or one is under way.
    public @Nullable StorageJob maintenance(Now now) {
        return isWritable() ? upkeep.nextJob(now) : null;
    }

    /// As [#maintenance] of several logs of one storage, as one job for all that is due; null when nothing is.
    public static @Nullable StorageJob maintenance(LogStorage storage, List<PartitionLog> logs, Now now) {
        List<UpkeepJob> jobs = new ArrayList<>(logs.size());
        for (PartitionLog log : logs) {
            UpkeepJob job = log.isWritable() ? log.upkeep.nextJob(now) : null;
            if (job != null) {
                jobs.add(job);
            }
        }
        return jobs.isEmpty() ? null : new UpkeepRound<>(storage, jobs);
    }

    /// As [#close(Consumer)] of several logs of one storage, as one job; `whenDone` hears of each.
    public static StorageJob close(
            LogStorage storage, List<PartitionLog> logs, Consumer<@Nullable StorageFault> whenDone) {
        List<CloseJob> jobs = new ArrayList<>(logs.size());
        for (PartitionLog log : logs) {
            jobs.add(log.closeJob(whenDone));
        }
        return new UpkeepRound<>(storage, jobs);
    }

    /// When [#maintenance] will be due; [Long#MAX_VALUE] when nothing is waiting for it.
    public long nextDeadlineNs() {
        return isWritable() ? upkeep.nextDeadlineNs() : Long.MAX_VALUE;
    }

    /// A job that closes the log for good, everything forced and every file in order. The log must be [#isIdle()].
    /// `whenDone` hears null, or the fault that makes this no clean close.
    public StorageJob close(Consumer<@Nullable StorageFault> whenDone) {
        return closeJob(whenDone);
    }

    private CloseJob closeJob(Consumer<@Nullable StorageFault> whenDone) {
        Invariant.check(isIdle(), "a log is closed when nothing is queued or under way");
        CloseJob job = upkeep.closeJob(fault, trimmer.leftFiles(), whenDone);
        end();
        return job;
    }

    /// A job that removes the log: its directory becomes `<topic>-<partition>.<uniqueId>-delete`, durably, and then
    /// goes with all its files. Slices that are still being sent stay readable. Jobs that are still under way end
    /// with faults that mean nothing any more.
    public StorageJob delete(String uniqueId, Consumer<@Nullable StorageFault> whenDone) {
        end();
        List<SegmentFile> files = new ArrayList<>(trimmer.leftFiles());
        segments.all().forEach(segment -> files.add(segment.file()));
        return new DeleteJob(storage, directory(), directory() + "." + uniqueId + "-delete", files, whenDone);
    }

    /// As [#delete], for a log that could not be opened or is out of service.
    public static StorageJob deleteUnopened(
            LogStorage storage, LogIdentity identity, String uniqueId, Consumer<@Nullable StorageFault> whenDone) {
        String directory = identity.directoryName();
        return new DeleteJob(storage, directory, directory + "." + uniqueId + "-delete", List.of(), whenDone);
    }

    private void end() {
        Invariant.check(state == State.OPEN, "a log ends once");
        state = State.CLOSED;
        writer.drop();
    }

    void onRolled(long baseOffset, SegmentFile file) {
        if (state != State.OPEN) {
            upkeep.abandon(file);
            return;
        }
        Segment before = segments.active();
        Invariant.present(before.indexes(), "the active segment keeps its indexes")
                .seal();
        Segment segment = new Segment(baseOffset, memory);
        segment.created(file);
        segments.add(segment);
        sync.onNewName();
        upkeep.onRolled();
    }

    void onWritten(long endOffset) {
        offsets.written(endOffset);
        listener.written();
    }

    void onSynced(SyncTarget target, @Nullable StorageFault syncFault) {
        sync.onDone(target, syncFault == null);
        if (syncFault != null) {
            fail(syncFault);
        } else {
            advanceSyncedEnd(target.endOffset());
        }
    }

    void advanceSyncedEnd(long endOffset) {
        if (fault == null && offsets.synced(endOffset)) {
            listener.synced();
        }
    }

    void advanceRecoveryPoint(long offset) {
        offsets.advanceRecoveryPoint(Math.min(offset, offsets.syncedEndOffset()));
    }

    void fail(StorageFault newFault) {
        if (fault == null && state == State.OPEN) {
            fault = newFault;
            writer.drop();
            listener.faulted(newFault);
        }
    }

    void onRemoved(int removedSegments, long bytes) {
        listener.removed(removedSegments, bytes);
    }

    void onStalled(StorageFault full) {
        listener.stalled(full);
    }

    boolean isWritable() {
        return fault == null && state == State.OPEN;
    }

    private String faultText() {
        return fault == null ? "closed" : String.valueOf(fault.getMessage());
    }

    /// Moves the end of what is replicated; it never goes back and never above the written end.
    public void advanceHighWatermark(long offset) {
        offsets.advanceHighWatermark(offset);
    }

    public LogIdentity identity() {
        return identity;
    }

    public LogConfig config() {
        return config;
    }

    /// The name of the log's directory.
    public String directory() {
        return identity.directoryName();
    }

    /// What took the log out of service; null while it serves.
    public @Nullable StorageFault fault() {
        return fault;
    }

    /// True when nothing is queued for writing and no write, roll, sync, maintenance or removal is under way.
    public boolean isIdle() {
        return writer.isIdle() && !sync.isUnderWay() && !upkeep.isUnderWay() && !trimmer.isUnderWay();
    }

    /// First offset kept.
    public long logStartOffset() {
        return offsets.logStartOffset();
    }

    /// Below it every transaction is decided (exclusive).
    public long lastStableOffset() {
        return offsets.lastStableOffset();
    }

    /// Below it everything is replicated (exclusive).
    public long highWatermark() {
        return offsets.highWatermark();
    }

    /// Below it everything is in the file (exclusive).
    public long writtenEndOffset() {
        return offsets.writtenEndOffset();
    }

    /// Below it everything is on stable storage (exclusive).
    public long syncedEndOffset() {
        return offsets.syncedEndOffset();
    }

    /// The next offset to be given.
    public long logEndOffset() {
        return offsets.logEndOffset();
    }

    /// Below it recovery need not look: durable, and with every file beside it in order.
    public long recoveryPoint() {
        return offsets.recoveryPoint();
    }

    /// Bytes in the segment files.
    public long sizeBytes() {
        return segments.sizeBytes();
    }

    public int segmentCount() {
        return segments.count();
    }

    /// The producers that the log remembers, in the order in which they first wrote.
    public List<ActiveProducer> producers() {
        List<ActiveProducer> active = new ArrayList<>(planner.producers().count());
        planner.producers()
                .forEach((producerId, producerEpoch, last) -> active.add(new ActiveProducer(
                        producerId,
                        producerEpoch,
                        last == null ? -1 : last.lastSequence(),
                        last == null ? -1L : last.timestampMs())));
        return active;
    }

    public int producerCount() {
        return planner.producers().count();
    }
}
