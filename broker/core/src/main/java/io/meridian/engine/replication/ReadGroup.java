package io.meridian.engine.replication;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.replication.PartitionAnswer.ReadResult;
import io.meridian.engine.replication.PartitionMessage.PartitionRead;
import io.meridian.engine.replication.PartitionMessage.ReadPartitions;
import io.meridian.log.PartitionLog;
import io.meridian.log.ReadOutcome;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The reads of one message, served in their order under one byte limit. Pauses where a range must first be verified
/// on a disk thread, and goes on from there.
final class ReadGroup {
    /// A range that is cold again each time it is asked for would keep the group forever; after as many rounds the
    /// partition is answered without records and the client asks again.
    private static final int COLD_READS_MAX = 64;

    private final ReadPartitions request;
    private final Function<TopicIdPartition, @Nullable PartitionReplica> replicas;
    private final NodeBus bus;
    private final Effects effects;
    private final List<ReadResult> results;
    private int remainingBytes;
    private boolean hasRecords;
    private int coldReads;

    ReadGroup(
            ReadPartitions request,
            Function<TopicIdPartition, @Nullable PartitionReplica> replicas,
            NodeBus bus,
            Effects effects) {
        this.request = request;
        this.replicas = replicas;
        this.bus = bus;
        this.effects = effects;
        this.results = new ArrayList<>(request.reads().size());
        this.remainingBytes = request.maxBytes();
    }

    void proceed(Now now) {
        List<PartitionRead> reads = request.reads();
        while (results.size() < reads.size()) {
            ReadResult result = read(reads.get(results.size()));
            if (result == null) {
                return;
            }
            results.add(result);
        }
        bus.send(request.originNode(), new PartitionAnswer.ReadsDone(request.operationId(), results));
    }

    private void onWarm(@Nullable StorageFault fault, Now now) {
        if (fault != null) {
            PartitionRead read = request.reads().get(results.size());
            results.add(ReadResult.refused(read.slot(), ErrorCode.KAFKA_STORAGE_ERROR, ReadableState.NOT_SERVING));
            coldReads = 0;
        }
        proceed(now);
    }

    /// The result, or null when the group waits for a disk thread.
    private @Nullable ReadResult read(PartitionRead read) {
        PartitionReplica replica = replicas.apply(read.partition());
        if (replica == null) {
            return ReadResult.refused(read.slot(), ErrorCode.NOT_LEADER_OR_FOLLOWER, ReadableState.NOT_SERVING);
        }
        ReadableState state = replica.readableState(request.readCommitted());
        ErrorCode refused = replica.check(read.currentLeaderEpoch());
        PartitionLog log = replica.log();
        if (refused != ErrorCode.NONE || log == null) {
            return ReadResult.refused(read.slot(), refused, state);
        }
        PartitionAnswer.EpochEnd diverging = replica.divergence(log, read);
        if (diverging != null) {
            return diverging.leaderEpoch() < 0
                    ? result(replica, log, read, ErrorCode.OFFSET_OUT_OF_RANGE, null, null, state)
                    : result(replica, log, read, ErrorCode.NONE, null, diverging, state);
        }
        int maxBytes = Math.min(read.maxBytes(), remainingBytes);
        boolean wholeFirst = request.atLeastOneBatch() && !hasRecords;
        ReadOutcome outcome =
                log.read(read.fetchOffset(), maxBytes, wholeFirst, PartitionReplica.bound(request.readCommitted()));
        return switch (outcome) {
            case ReadOutcome.Slice(FetchedSlice records) -> {
                hasRecords = true;
                replica.handedOut(records.sizeInBytes());
                remainingBytes = Math.max(0, remainingBytes - records.sizeInBytes());
                coldReads = 0;
                yield result(replica, log, read, ErrorCode.NONE, records, null, state);
            }
            case ReadOutcome.Nothing() -> result(replica, log, read, ErrorCode.NONE, null, null, state);
            case ReadOutcome.OutOfRange() ->
                result(replica, log, read, ErrorCode.OFFSET_OUT_OF_RANGE, null, null, state);
            case ReadOutcome.Damaged(String _) ->
                result(replica, log, read, ErrorCode.KAFKA_STORAGE_ERROR, null, null, state);
            case ReadOutcome.Cold(var job) -> {
                if (coldReads == COLD_READS_MAX) {
                    coldReads = 0;
                    yield result(replica, log, read, ErrorCode.NONE, null, null, state);
                }
                coldReads++;
                effects.add(new Effect.Store(new ContinuedJob(job, this::onWarm)));
                yield null;
            }
        };
    }

    private static ReadResult result(
            PartitionReplica replica,
            PartitionLog log,
            PartitionRead read,
            ErrorCode error,
            @Nullable FetchedSlice records,
            PartitionAnswer.@Nullable EpochEnd diverging,
            ReadableState state) {
        return new ReadResult(
                read.slot(),
                error,
                log.highWatermark(),
                log.lastStableOffset(),
                log.logStartOffset(),
                replica.leaderEpoch(),
                records,
                diverging,
                state);
    }
}
