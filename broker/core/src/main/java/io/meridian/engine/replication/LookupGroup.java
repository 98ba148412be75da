package io.meridian.engine.replication;

import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.replication.PartitionAnswer.OffsetResult;
import io.meridian.engine.replication.PartitionMessage.LookupOffsets;
import io.meridian.engine.replication.PartitionMessage.OffsetQuestion;
import io.meridian.engine.replication.PartitionMessage.PartitionLookup;
import io.meridian.log.LookupOutcome;
import io.meridian.log.OffsetLookup;
import io.meridian.log.PartitionLog;
import io.meridian.log.ReadBound;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The offset questions of one message; those that only records can answer go to disk threads, all at once.
final class LookupGroup {
    private static final long NO_TIMESTAMP = -1L;
    private static final long NO_OFFSET = -1L;
    private static final int NO_EPOCH = -1;

    private final LookupOffsets request;
    private final Function<TopicIdPartition, @Nullable PartitionReplica> replicas;
    private final NodeBus bus;
    private final Effects effects;
    private final List<OffsetResult> results;

    LookupGroup(
            LookupOffsets request,
            Function<TopicIdPartition, @Nullable PartitionReplica> replicas,
            NodeBus bus,
            Effects effects) {
        this.request = request;
        this.replicas = replicas;
        this.bus = bus;
        this.effects = effects;
        this.results = new ArrayList<>(request.lookups().size());
    }

    void begin() {
        for (PartitionLookup lookup : request.lookups()) {
            PartitionReplica replica = replicas.apply(lookup.partition());
            ErrorCode refused =
                    replica == null ? ErrorCode.NOT_LEADER_OR_FOLLOWER : replica.check(lookup.currentLeaderEpoch());
            PartitionLog log = replica == null ? null : replica.log();
            if (replica == null || log == null || refused != ErrorCode.NONE) {
                finish(OffsetResult.refused(lookup.slot(), refused));
            } else {
                ask(lookup, replica, log);
            }
        }
    }

    private void ask(PartitionLookup lookup, PartitionReplica replica, PartitionLog log) {
        ReadBound bound = PartitionReplica.bound(request.readCommitted());
        switch (lookup.question()) {
            case OffsetQuestion.Latest() -> {
                long end = replica.readableState(request.readCommitted()).readableEndOffset();
                finish(found(lookup, NO_TIMESTAMP, end, replica.leaderEpoch()));
            }
            case OffsetQuestion.Earliest() ->
                finish(found(lookup, NO_TIMESTAMP, log.logStartOffset(), replica.epochAt(log.logStartOffset())));
            case OffsetQuestion.InAnotherTier() -> finish(found(lookup, NO_TIMESTAMP, NO_OFFSET, NO_EPOCH));
            case OffsetQuestion.AtOrAfter(long timestampMs) ->
                search(lookup, log, new OffsetLookup.AtOrAfter(timestampMs, bound));
            case OffsetQuestion.MaxTimestamp() -> search(lookup, log, new OffsetLookup.MaxTimestamp(bound));
        }
    }

    private void search(PartitionLookup lookup, PartitionLog log, OffsetLookup question) {
        effects.add(new Effect.Store(log.lookup(question, outcome -> finish(result(lookup, outcome)))));
    }

    private static OffsetResult result(PartitionLookup lookup, LookupOutcome outcome) {
        return switch (outcome) {
            case LookupOutcome.Found(long timestampMs, long offset, int leaderEpoch) ->
                found(lookup, timestampMs, offset, leaderEpoch);
            case LookupOutcome.NotFound() -> found(lookup, NO_TIMESTAMP, NO_OFFSET, NO_EPOCH);
            case LookupOutcome.Failed(String _) -> OffsetResult.refused(lookup.slot(), ErrorCode.KAFKA_STORAGE_ERROR);
        };
    }

    private static OffsetResult found(PartitionLookup lookup, long timestampMs, long offset, int leaderEpoch) {
        return new OffsetResult(lookup.slot(), ErrorCode.NONE, timestampMs, offset, leaderEpoch);
    }

    private void finish(OffsetResult result) {
        results.add(result);
        if (results.size() == request.lookups().size()) {
            bus.send(request.originNode(), new PartitionAnswer.OffsetsFound(request.operationId(), results));
        }
    }
}
