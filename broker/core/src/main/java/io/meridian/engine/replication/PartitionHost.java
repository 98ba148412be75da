package io.meridian.engine.replication;

import io.meridian.base.Deadlines;
import io.meridian.base.Now;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.replication.PartitionAnswer.AppendResult;
import io.meridian.engine.replication.PartitionAnswer.EpochResult;
import io.meridian.engine.replication.PartitionAnswer.KnownProducer;
import io.meridian.engine.replication.PartitionAnswer.ProducersResult;
import io.meridian.engine.replication.PartitionAnswer.TrimResult;
import io.meridian.engine.replication.PartitionMessage.AppendBatches;
import io.meridian.engine.replication.PartitionMessage.AwaitPartitions;
import io.meridian.engine.replication.PartitionMessage.AwaitServing;
import io.meridian.engine.replication.PartitionMessage.EpochLookup;
import io.meridian.engine.replication.PartitionMessage.ForgetWaits;
import io.meridian.engine.replication.PartitionMessage.ListProducers;
import io.meridian.engine.replication.PartitionMessage.LookupEpochs;
import io.meridian.engine.replication.PartitionMessage.LookupOffsets;
import io.meridian.engine.replication.PartitionMessage.MeasureLogs;
import io.meridian.engine.replication.PartitionMessage.PartitionAppend;
import io.meridian.engine.replication.PartitionMessage.PartitionProducers;
import io.meridian.engine.replication.PartitionMessage.PartitionTrim;
import io.meridian.engine.replication.PartitionMessage.PartitionWait;
import io.meridian.engine.replication.PartitionMessage.ReadPartitions;
import io.meridian.engine.replication.PartitionMessage.TrimPartitions;
import io.meridian.log.EpochEnd;
import io.meridian.log.PartitionLog;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Serves the partitions of one node: takes messages about them, from whichever node, and answers each.
public final class PartitionHost {
    private final PartitionTable table;
    private final LogFlusher flusher;
    private final NodeBus bus;
    private final Effects effects;
    private final Deadlines<ResultGroup<?>> deadlines = new Deadlines<>();

    public PartitionHost(PartitionTable table, LogFlusher flusher, NodeBus bus, Effects effects) {
        this.table = table;
        this.flusher = flusher;
        this.bus = bus;
        this.effects = effects;
    }

    public void onMessage(PartitionMessage message, Now now) {
        switch (message) {
            case AppendBatches append -> append(append, now);
            case ReadPartitions read -> new ReadGroup(read, table::find, bus, effects).proceed(now);
            case AwaitPartitions await -> await(await);
            case ForgetWaits forget -> forget(forget);
            case LookupOffsets lookup -> new LookupGroup(lookup, table::find, bus, effects).begin();
            case LookupEpochs lookup -> lookupEpochs(lookup);
            case AwaitServing await -> table.awaitServing(await);
            case ListProducers list -> listProducers(list);
            case MeasureLogs measure -> table.measure(measure);
            case TrimPartitions trim -> trim(trim);
        }
    }

    public void tick(Now now) {
        deadlines.expire(now, ResultGroup::expire);
    }

    public void endTurn(Now now) {
        flusher.endTurn(now);
    }

    public long nextDeadlineNs() {
        return deadlines.nextDeadlineNs();
    }

    private void append(AppendBatches request, Now now) {
        List<PartitionAppend> appends = request.appends();
        ResultGroup<AppendResult> group = new ResultGroup<>(
                request.originNode(),
                appends.size(),
                bus,
                deadlines,
                results -> new PartitionAnswer.AppendsDone(request.operationId(), results),
                position -> AppendResult.refused(appends.get(position).slot(), ErrorCode.REQUEST_TIMED_OUT, null));
        for (int position = 0; position < appends.size(); position++) {
            PartitionAppend append = appends.get(position);
            PartitionReplica replica = table.find(append.partition());
            if (replica == null) {
                group.finish(position, AppendResult.refused(append.slot(), ErrorCode.NOT_LEADER_OR_FOLLOWER, null));
            } else {
                replica.append(group, request.acks(), position, append, request.frame(), now);
            }
        }
        group.expireAt(request.deadlineNs());
        request.frame().release();
    }

    private void trim(TrimPartitions request) {
        List<PartitionTrim> trims = request.trims();
        ResultGroup<TrimResult> group = new ResultGroup<>(
                request.originNode(),
                trims.size(),
                bus,
                deadlines,
                results -> new PartitionAnswer.PartitionsTrimmed(request.operationId(), results),
                position -> TrimResult.refused(trims.get(position).slot(), ErrorCode.REQUEST_TIMED_OUT));
        for (int position = 0; position < trims.size(); position++) {
            PartitionTrim trim = trims.get(position);
            PartitionReplica replica = table.find(trim.partition());
            if (replica == null) {
                group.finish(position, TrimResult.refused(trim.slot(), ErrorCode.NOT_LEADER_OR_FOLLOWER));
            } else if (replica.trim(group, position, trim)) {
                table.startIntended(replica);
            }
        }
        group.expireAt(request.deadlineNs());
    }

    private void await(AwaitPartitions request) {
        for (PartitionWait wait : request.waits()) {
            PartitionReplica replica = table.find(wait.partition());
            if (replica != null) {
                replica.await(request.originNode(), request.operationId(), wait.seen(), request.readCommitted());
            }
        }
    }

    private void forget(ForgetWaits request) {
        for (TopicIdPartition partition : request.partitions()) {
            PartitionReplica replica = table.find(partition);
            if (replica != null) {
                replica.forgetWait(request.originNode(), request.operationId());
            }
        }
    }

    private void lookupEpochs(LookupEpochs request) {
        List<EpochResult> results = new ArrayList<>(request.lookups().size());
        for (EpochLookup lookup : request.lookups()) {
            results.add(endOf(lookup, table.find(lookup.partition())));
        }
        bus.send(request.originNode(), new PartitionAnswer.EpochsFound(request.operationId(), results));
    }

    private void listProducers(ListProducers request) {
        List<ProducersResult> results = new ArrayList<>(request.asked().size());
        for (PartitionProducers asked : request.asked()) {
            PartitionReplica replica = table.find(asked.partition());
            ErrorCode refused =
                    replica == null ? ErrorCode.NOT_LEADER_OR_FOLLOWER : replica.check(EpochFence.UNKNOWN_EPOCH);
            PartitionLog log = replica == null ? null : replica.log();
            results.add(
                    refused != ErrorCode.NONE || log == null
                            ? ProducersResult.refused(asked.slot(), refused)
                            : new ProducersResult(asked.slot(), ErrorCode.NONE, known(log)));
        }
        bus.send(request.originNode(), new PartitionAnswer.ProducersListed(request.operationId(), results));
    }

    private static List<KnownProducer> known(PartitionLog log) {
        return log.producers().stream()
                .map(producer -> new KnownProducer(
                        producer.producerId(),
                        producer.producerEpoch(),
                        producer.lastSequence(),
                        producer.lastTimestampMs()))
                .toList();
    }

    private static EpochResult endOf(EpochLookup lookup, @Nullable PartitionReplica replica) {
        ErrorCode refused =
                replica == null ? ErrorCode.NOT_LEADER_OR_FOLLOWER : replica.check(lookup.currentLeaderEpoch());
        PartitionLog log = replica == null ? null : replica.log();
        if (replica == null || refused != ErrorCode.NONE || log == null) {
            return new EpochResult(lookup.slot(), refused, -1, -1L);
        }
        EpochEnd end = replica.endOf(log, lookup.leaderEpoch());
        return new EpochResult(lookup.slot(), ErrorCode.NONE, end.leaderEpoch(), end.endOffset());
    }
}
