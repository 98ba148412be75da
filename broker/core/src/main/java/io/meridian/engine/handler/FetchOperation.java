package io.meridian.engine.handler;

import io.meridian.base.Deadlines;
import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionAnswer.PartitionsAdvanced;
import io.meridian.engine.replication.PartitionAnswer.ReadResult;
import io.meridian.engine.replication.PartitionAnswer.ReadsDone;
import io.meridian.engine.replication.PartitionMessage.AwaitPartitions;
import io.meridian.engine.replication.PartitionMessage.ForgetWaits;
import io.meridian.engine.replication.PartitionMessage.PartitionRead;
import io.meridian.engine.replication.PartitionMessage.PartitionWait;
import io.meridian.engine.replication.PartitionMessage.ReadPartitions;
import io.meridian.engine.replication.ReadableState;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.FetchRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fetch until it is answered: read, and if that is not enough wait for one of the partitions, and read again.
///
/// | phase | meaning | ways out |
/// |---|---|---|
/// | READING | the owners were asked | enough, failed or too late: answered; else WAITING |
/// | WAITING | the owners will say when there is more | advanced or deadline: READING |
///
/// What was read and is not sent is released before the next read. An advance that arrives while reading is not
/// lost: the wait that follows names what was seen, and the owner compares.
final class FetchOperation implements Operations.Operation, Operations.Timed {
    /// One partition of the fetch.
    ///
    /// @param error what is known before anybody is asked; NONE asks the owner
    record Item(FetchTarget target, ErrorCode error, TopicIdPartition partition) {}

    private enum Phase {
        READING,
        WAITING
    }

    /// Clients choose how long they wait, and may be gone long before: a fetch that nobody waits for must not hold
    /// memory for longer than this.
    private static final long LOOK_AGAIN_MS = 5_000L;

    private final RequestContext context;
    private final NodeScope scope;
    private final @Nullable FetchSession session;
    private final boolean full;
    private final List<Item> items;
    private final ReadResult[] results;
    private final boolean readCommitted;
    private final int minBytes;
    private final int maxBytes;
    private final long deadlineNs;
    private Phase phase = Phase.READING;
    private Deadlines.@Nullable Ticket deadline;
    private long operationId;
    private int expectedAnswers;
    private boolean everWaited;

    FetchOperation(
            RequestContext context,
            FetchRequest request,
            NodeScope scope,
            @Nullable FetchSession session,
            boolean full,
            List<Item> items,
            Now now) {
        this.context = context;
        this.scope = scope;
        this.session = session;
        this.full = full;
        this.items = items;
        this.results = new ReadResult[items.size()];
        this.readCommitted = request.isolationLevel() == 1;
        this.maxBytes = Math.min(request.maxBytes(), scope.config().fetchMaxBytes());
        this.minBytes = Math.min(request.minBytes(), maxBytes);
        this.deadlineNs = now.deadlineNs(Math.max(0, request.maxWaitMs()));
    }

    void begin() {
        operationId = scope.operations().begin(this);
        read();
    }

    @Override
    public void onAnswer(PartitionAnswer answer, Now now) {
        switch (answer) {
            case ReadsDone(long _, List<ReadResult> done) -> onReads(done, now);
            case PartitionsAdvanced(long _) -> {
                if (phase == Phase.WAITING) {
                    read();
                }
            }
            default -> throw Invariant.unreachable("a fetch was answered something else");
        }
    }

    @Override
    public void onDeadline() {
        deadline = null;
        if (phase == Phase.WAITING) {
            forgetWaits();
            read();
        }
    }

    private void read() {
        phase = Phase.READING;
        ByOwner<PartitionRead> reads = new ByOwner<>(scope.layout());
        for (int slot = 0; slot < items.size(); slot++) {
            Item item = items.get(slot);
            if (item.error() == ErrorCode.NONE) {
                FetchTarget target = item.target();
                reads.add(
                        item.partition(),
                        new PartitionRead(
                                slot,
                                item.partition(),
                                target.fetchOffset(),
                                target.currentLeaderEpoch(),
                                target.lastFetchedEpoch(),
                                target.maxBytes()));
            } else {
                results[slot] = refused(slot, item.error());
            }
        }
        expectedAnswers = reads.ownerCount();
        if (expectedAnswers == 0) {
            answer();
            return;
        }
        reads.forEach((part, owner) -> scope.bus()
                .send(
                        owner,
                        new ReadPartitions(
                                scope.layout().nodeIndex(), operationId, maxBytes, readCommitted, true, part)));
    }

    private void onReads(List<ReadResult> done, Now now) {
        for (ReadResult result : done) {
            results[result.slot()] = result;
        }
        expectedAnswers--;
        if (expectedAnswers > 0) {
            return;
        }
        keepWithinLimit();
        if (isEnough() || now.monotonicNs() >= deadlineNs || context.isAbandoned()) {
            answer();
        } else {
            await(now);
        }
    }

    /// Each owner was given the whole limit; together they may have read more than it allows.
    private void keepWithinLimit() {
        long total = 0;
        for (int slot = 0; slot < results.length; slot++) {
            ReadResult result = results[slot];
            int size = result.sizeInBytes();
            if (size > 0 && total > 0 && total + size > maxBytes) {
                result.release();
                results[slot] = result.withoutRecords();
            } else {
                total += size;
            }
        }
    }

    private boolean isEnough() {
        long total = 0;
        for (ReadResult result : results) {
            if (result.error() != ErrorCode.NONE || result.diverging() != null) {
                return true;
            }
            total += result.sizeInBytes();
        }
        return total >= minBytes;
    }

    private void await(Now now) {
        phase = Phase.WAITING;
        everWaited = true;
        ByOwner<PartitionWait> waits = new ByOwner<>(scope.layout());
        for (int slot = 0; slot < items.size(); slot++) {
            ReadResult result = results[slot];
            ReadableState seen = result.state();
            result.release();
            results[slot] = result.withoutRecords();
            waits.add(
                    items.get(slot).partition(),
                    new PartitionWait(items.get(slot).partition(), seen));
        }
        if (deadline == null) {
            deadline = scope.operations().deadlines().add(this, Math.min(deadlineNs, now.deadlineNs(LOOK_AGAIN_MS)));
        }
        waits.forEach((part, owner) -> scope.bus()
                .send(owner, new AwaitPartitions(scope.layout().nodeIndex(), operationId, readCommitted, part)));
    }

    private void answer() {
        scope.operations().end(operationId);
        if (deadline != null) {
            scope.operations().deadlines().cancel(deadline);
        }
        if (everWaited) {
            forgetWaits();
        }
        scope.reply(context, FetchReply.of(session, full, items, results, readCommitted));
    }

    private void forgetWaits() {
        ByOwner<TopicIdPartition> waits = new ByOwner<>(scope.layout());
        for (Item item : items) {
            waits.add(item.partition(), item.partition());
        }
        waits.forEach((part, owner) ->
                scope.bus().send(owner, new ForgetWaits(scope.layout().nodeIndex(), operationId, part)));
    }

    private static ReadResult refused(int slot, ErrorCode error) {
        return new ReadResult(slot, error, -1L, -1L, -1L, -1, null, null, new ReadableState(-1L, -1L, false));
    }
}
