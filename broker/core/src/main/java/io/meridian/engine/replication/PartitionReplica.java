package io.meridian.engine.replication;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.replication.PartitionAnswer.AppendResult;
import io.meridian.engine.replication.PartitionAnswer.TrimResult;
import io.meridian.engine.replication.PartitionMessage.PartitionAppend;
import io.meridian.engine.replication.PartitionMessage.PartitionRead;
import io.meridian.engine.replication.PartitionMessage.PartitionTrim;
import io.meridian.log.AppendOrigin;
import io.meridian.log.AppendOutcome;
import io.meridian.log.EpochEnd;
import io.meridian.log.FlushPolicy;
import io.meridian.log.LogIdentity;
import io.meridian.log.LogListener;
import io.meridian.log.OpenPoint;
import io.meridian.log.PartitionLog;
import io.meridian.log.ReadBound;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.wire.Lease;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One partition on the node that owns it: its log, who leads, what waits for it.
///
/// | state | meaning | appends and reads get | ways out |
/// |---|---|---|---|
/// | Opening | the log is being recovered | NOT_LEADER_OR_FOLLOWER, which clients retry | Leading, Offline, Closed |
/// | Leading | serves in its leader epoch | their answer | Leading in a later epoch, Offline, Closed |
/// | Offline | the log cannot be trusted or written | KAFKA_STORAGE_ERROR | Closed; a restart; Opening once there is
/// room |
/// | Closed | deleted or shut down | UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER | none |
public final class PartitionReplica implements LogListener {
    /// Where a replica stands; the table of the class says what each state answers.
    sealed interface State {
        record Opening() implements State {}

        record Leading(PartitionLog log) implements State {}

        record Offline(String reason) implements State {}

        record Closed(ErrorCode error) implements State {}
    }

    private static final long HIGH_WATERMARK = -1L;

    private final LogIdentity identity;
    private final TopicIdPartition id;
    private final OpenPoint openPoint;
    private final LogFlusher flusher;
    private final NodeBus bus;
    private final ReplicaWatcher watcher;
    private final TrafficCounters traffic;
    private final ParkedProduces untilWritten = new ParkedProduces();
    private final ParkedProduces untilReplicated = new ParkedProduces();
    private final ParkedTrims trims = new ParkedTrims();
    private final ParkedFetches fetches = new ParkedFetches();
    private PartitionImage image;
    private int minInSyncReplicas;
    private State state = new State.Opening();

    PartitionReplica(
            LogIdentity identity,
            TopicIdPartition id,
            PartitionImage image,
            OpenPoint openPoint,
            int minInSyncReplicas,
            LogFlusher flusher,
            NodeBus bus,
            ReplicaWatcher watcher,
            TrafficCounters traffic) {
        this.identity = identity;
        this.id = id;
        this.openPoint = openPoint;
        this.image = image;
        this.minInSyncReplicas = minInSyncReplicas;
        this.flusher = flusher;
        this.bus = bus;
        this.watcher = watcher;
        this.traffic = traffic;
    }

    /// `topic-partition`, for people.
    public String name() {
        return identity.directoryName();
    }

    public LogIdentity identity() {
        return identity;
    }

    public TopicIdPartition id() {
        return id;
    }

    public int leaderEpoch() {
        return image.leaderEpoch();
    }

    /// Why the partition is offline; null when it is not.
    public @Nullable String offlineReason() {
        return state instanceof State.Offline(String reason) ? reason : null;
    }

    public boolean isOpening() {
        return state instanceof State.Opening;
    }

    /// The log while this replica serves; null otherwise.
    public @Nullable PartitionLog log() {
        return state instanceof State.Leading(PartitionLog log) ? log : null;
    }

    public int parkedProduceCount() {
        return untilWritten.size() + untilReplicated.size();
    }

    public int parkedFetchCount() {
        return fetches.size();
    }

    /// Records of this partition were handed to a fetch.
    void handedOut(int bytes) {
        traffic.read(bytes);
    }

    void opened(PartitionLog log) {
        Invariant.check(state instanceof State.Opening, name() + " opened twice");
        log.onEvents(this);
        state = new State.Leading(log);
        advanceHighWatermark(log);
        fetches.wakeAll(bus);
        watcher.leads(this);
    }

    /// Where recovery of the log begins, as long as it was never open.
    OpenPoint openPoint() {
        return openPoint;
    }

    /// The log, which could not be opened, is being recovered once more.
    void opensAgain() {
        Invariant.check(state instanceof State.Offline, name() + " opens again without having failed");
        state = new State.Opening();
    }

    void goOffline(String reason) {
        if (state instanceof State.Leading(PartitionLog log)) {
            flusher.forget(log);
        }
        state = new State.Offline(reason);
        failParked(ErrorCode.KAFKA_STORAGE_ERROR, reason);
        watcher.left(this, ErrorCode.KAFKA_STORAGE_ERROR);
    }

    /// Takes the replica out of service; whoever waits is told `error`.
    void close(ErrorCode error) {
        if (state instanceof State.Leading(PartitionLog log)) {
            flusher.forget(log);
        }
        state = new State.Closed(error);
        failParked(error, null);
        watcher.left(this, error);
    }

    void update(PartitionImage newer, int newMinInSyncReplicas) {
        Invariant.check(
                newer.leaderEpoch() >= image.leaderEpoch(),
                name() + " leader epoch goes back",
                image.leaderEpoch(),
                newer.leaderEpoch());
        boolean changed = newer.leaderEpoch() != image.leaderEpoch();
        image = newer;
        minInSyncReplicas = newMinInSyncReplicas;
        if (changed) {
            fetches.wakeAll(bus);
        }
    }

    /// The epoch that wrote `offset`, or will write it; -1 when it is unknown.
    int epochAt(long offset) {
        PartitionLog log = log();
        return log == null || offset >= log.logEndOffset() ? leaderEpoch() : log.epochAt(offset);
    }

    /// Where the reign of the largest epoch not above `asked` ends. Reigns that wrote nothing are not in the log, but
    /// clients know of them: the current one has begun at the end, and those since the last that wrote are empty.
    /// Told that such an epoch is unknown, a client would believe that the log was truncated.
    EpochEnd endOf(PartitionLog log, int asked) {
        int latest = log.latestEpoch();
        if (asked <= latest || asked > leaderEpoch()) {
            return log.endOffsetFor(asked);
        }
        return new EpochEnd(asked == leaderEpoch() || latest < 0 ? asked : latest, log.logEndOffset());
    }

    /// NONE when the replica serves and `claimedLeaderEpoch` is its own; else what the client is told.
    ErrorCode check(int claimedLeaderEpoch) {
        return switch (state) {
            case State.Opening() -> ErrorCode.NOT_LEADER_OR_FOLLOWER;
            case State.Offline(var _) -> ErrorCode.KAFKA_STORAGE_ERROR;
            case State.Closed(ErrorCode error) -> error;
            case State.Leading(var _) -> EpochFence.check(claimedLeaderEpoch, image.leaderEpoch());
        };
    }

    /// Plans one append of a group and parks its acknowledgement.
    void append(
            ResultGroup<AppendResult> group, short acks, int position, PartitionAppend append, Lease frame, Now now) {
        ErrorCode refused = check(EpochFence.UNKNOWN_EPOCH);
        PartitionLog log = log();
        if (refused != ErrorCode.NONE || log == null) {
            group.finish(position, AppendResult.refused(append.slot(), refused, offlineReason()));
            return;
        }
        int batchBytes = append.batch().remaining();
        AppendOutcome outcome = refusal(log, acks);
        if (outcome == null) {
            outcome = log.append(append.batch(), AppendOrigin.CLIENT, image.leaderEpoch(), now, frame);
        } else {
            // A retry asks for nothing new. Refused, it could be overtaken by so many later batches that its original
            // is forgotten, and would then be out of order for ever.
            AppendOutcome original = log.originalOf(append.batch(), now);
            outcome = original == null ? outcome : original;
        }
        switch (outcome) {
            case AppendOutcome.Appended(long baseOffset, long lastOffset, long logAppendTimeMs) -> {
                flusher.appended(log);
                traffic.appended(lastOffset - baseOffset + 1, batchBytes);
                acknowledge(log, group, acks, position, append.slot(), baseOffset, lastOffset, logAppendTimeMs);
            }
            case AppendOutcome.Duplicate(long baseOffset, long lastOffset, long logAppendTimeMs) -> {
                traffic.duplicate();
                acknowledge(log, group, acks, position, append.slot(), baseOffset, lastOffset, logAppendTimeMs);
            }
            case AppendOutcome.Refused(ErrorCode error, String detail, var records) ->
                group.finish(
                        position,
                        new AppendResult(append.slot(), error, detail, -1L, -1L, startOffsetWith(error, log), records));
        }
    }

    /// Why nothing new is taken now; null when it is.
    private AppendOutcome.@Nullable Refused refusal(PartitionLog log, short acks) {
        if (acks == -1 && !hasEnoughReplicas()) {
            return new AppendOutcome.Refused(
                    ErrorCode.NOT_ENOUGH_REPLICAS, "fewer replicas are in sync than the topic asks for", List.of());
        }
        ErrorCode noSpace = checkSpace(log, AppendOrigin.CLIENT);
        return noSpace == ErrorCode.NONE ? null : new AppendOutcome.Refused(noSpace, SpaceGuard.REFUSAL, List.of());
    }

    /// A batch that could not even be looked at says nothing of the log it was meant for.
    private static long startOffsetWith(ErrorCode error, PartitionLog log) {
        return switch (error) {
            case CORRUPT_MESSAGE, MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE, NOT_ENOUGH_REPLICAS -> -1L;
            default -> log.logStartOffset();
        };
    }

    /// NONE when the volume has room for what `origin` appends.
    ErrorCode checkSpace(PartitionLog log, AppendOrigin origin) {
        return log.isStalled() ? ErrorCode.NOT_ENOUGH_REPLICAS : flusher.space().check(origin);
    }

    /// Plans an append of a state machine that lives on this partition.
    ///
    /// @param batch one whole batch, patched in place
    AppendOutcome appendOwn(ByteBuffer batch, Now now) {
        PartitionLog log = log();
        if (log == null) {
            return new AppendOutcome.Refused(ErrorCode.NOT_LEADER_OR_FOLLOWER, name() + " does not serve", List.of());
        }
        ErrorCode noSpace = checkSpace(log, AppendOrigin.COORDINATOR);
        if (noSpace != ErrorCode.NONE) {
            return new AppendOutcome.Refused(noSpace, SpaceGuard.REFUSAL, List.of());
        }
        AppendOutcome outcome = log.append(batch, AppendOrigin.COORDINATOR, image.leaderEpoch(), now, Lease.UNCOUNTED);
        if (outcome instanceof AppendOutcome.Appended) {
            flusher.appended(log);
        }
        return outcome;
    }

    private void acknowledge(
            PartitionLog log,
            ResultGroup<AppendResult> group,
            short acks,
            int position,
            int slot,
            long baseOffset,
            long lastOffset,
            long logAppendTimeMs) {
        AppendResult result = new AppendResult(
                slot, ErrorCode.NONE, null, baseOffset, logAppendTimeMs, log.logStartOffset(), List.of());
        if (acks == 0) {
            group.finish(position, result);
            return;
        }
        ParkedProduces parked = acks == 1 ? untilWritten : untilReplicated;
        parked.park(new ParkedProduces.Parked(group, position, lastOffset + 1, result));
        parked.release(acks == 1 ? log.writtenEndOffset() : log.highWatermark());
    }

    /// Begins to delete everything before an offset; answered once the new start is durable. True when there is a
    /// start to make durable.
    boolean trim(ResultGroup<TrimResult> group, int position, PartitionTrim trim) {
        ErrorCode refused = check(EpochFence.UNKNOWN_EPOCH);
        PartitionLog log = log();
        if (refused == ErrorCode.NONE && log != null && !log.config().deletable()) {
            refused = ErrorCode.POLICY_VIOLATION;
        }
        if (refused != ErrorCode.NONE || log == null) {
            group.finish(position, TrimResult.refused(trim.slot(), refused));
            return false;
        }
        long offset = trim.offset() == HIGH_WATERMARK ? log.highWatermark() : trim.offset();
        if (offset < 0 || offset > log.highWatermark()) {
            group.finish(position, TrimResult.refused(trim.slot(), ErrorCode.OFFSET_OUT_OF_RANGE));
            return false;
        }
        log.intendStart(offset);
        trims.park(new ParkedTrims.Parked(group, position, trim.slot(), offset));
        trims.release(log.logStartOffset());
        return log.intendedStartOffset() > log.logStartOffset();
    }

    /// A checkpoint names `offset` as the start of `log`, durably.
    public void startPersisted(PartitionLog log, long offset) {
        if (log() != log) {
            return;
        }
        log.startPersisted(offset);
        trims.release(log.logStartOffset());
        fetches.wakeAll(bus);
    }

    /// Where the history of a reader leaves this one: null when `read` continues what is here.
    PartitionAnswer.@Nullable EpochEnd divergence(PartitionLog log, PartitionRead read) {
        if (read.lastFetchedEpoch() < 0) {
            return null;
        }
        EpochEnd end = endOf(log, read.lastFetchedEpoch());
        if (end.leaderEpoch() < read.lastFetchedEpoch() || end.endOffset() < read.fetchOffset()) {
            return new PartitionAnswer.EpochEnd(end.leaderEpoch(), end.endOffset());
        }
        return null;
    }

    ReadableState readableState(boolean readCommitted) {
        PartitionLog log = log();
        if (log == null) {
            return ReadableState.NOT_SERVING;
        }
        return new ReadableState(
                readCommitted ? log.lastStableOffset() : log.highWatermark(), log.logStartOffset(), true);
    }

    static ReadBound bound(boolean readCommitted) {
        return readCommitted ? ReadBound.LAST_STABLE_OFFSET : ReadBound.HIGH_WATERMARK;
    }

    /// Parks a wait, or says at once that there is something new.
    void await(int originNode, long operationId, ReadableState seen, boolean readCommitted) {
        if (readableState(readCommitted).equals(seen)) {
            fetches.await(originNode, operationId);
        } else {
            bus.send(originNode, new PartitionAnswer.PartitionsAdvanced(operationId));
        }
    }

    void forgetWait(int originNode, long operationId) {
        fetches.forget(originNode, operationId);
    }

    @Override
    public void written() {
        PartitionLog log = log();
        if (log == null) {
            return;
        }
        untilWritten.release(log.writtenEndOffset());
        if (log.config().flushPolicy() == FlushPolicy.OS) {
            advanceHighWatermark(log);
        }
    }

    @Override
    public void synced() {
        PartitionLog log = log();
        if (log != null) {
            advanceHighWatermark(log);
        }
    }

    @Override
    public void removed(int segments, long bytes) {
        traffic.removed(segments, bytes);
    }

    /// What waits may yet be written; its client asks again and then finds it.
    @Override
    public void stalled(StorageFault fault) {
        untilWritten.failAll(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND, SpaceGuard.REFUSAL);
        untilReplicated.failAll(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND, SpaceGuard.REFUSAL);
    }

    @Override
    public void faulted(StorageFault fault) {
        goOffline(fault.getMessage() == null ? fault.toString() : fault.getMessage());
    }

    /// The high watermark is the minimum of the ends that the in-sync replicas report; this broker is the only one.
    private void advanceHighWatermark(PartitionLog log) {
        long reported = log.config().flushPolicy() == FlushPolicy.ACK ? log.syncedEndOffset() : log.writtenEndOffset();
        if (reported <= log.highWatermark()) {
            return;
        }
        log.advanceHighWatermark(reported);
        untilReplicated.release(reported);
        fetches.wakeAll(bus);
        watcher.highWatermarkAdvanced(this);
    }

    /// Whether a replica that ought to be in sync is not.
    public boolean isUnderReplicated() {
        return image.isr().size() < image.replicas().size();
    }

    private boolean hasEnoughReplicas() {
        int required = Math.min(minInSyncReplicas, image.replicas().size());
        return image.isr().size() >= required;
    }

    private void failParked(ErrorCode error, @Nullable String detail) {
        untilWritten.failAll(error, detail);
        untilReplicated.failAll(error, detail);
        trims.failAll(error);
        fetches.wakeAll(bus);
    }
}
