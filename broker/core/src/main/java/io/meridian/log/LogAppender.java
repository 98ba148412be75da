package io.meridian.log;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.log.state.AppendPlan;
import io.meridian.log.state.AppendPlanner;
import io.meridian.log.state.ProducerBatch;
import io.meridian.log.state.RollRule;
import io.meridian.log.state.SequenceVerdict;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.record.BatchCheck;
import io.meridian.protocol.record.BatchVerdict;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.wire.Lease;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first step of an append to one log: checks a batch, gives it its offsets and queues it for the writer.
final class LogAppender {
    private final LogOffsets offsets;
    private final AppendPlanner planner;
    private final LogWriter writer;
    private final RecordBatchView view = new RecordBatchView();
    private LogConfig config;
    private RollRule rollRule;

    LogAppender(LogOffsets offsets, AppendPlanner planner, LogWriter writer, LogConfig config) {
        this.offsets = offsets;
        this.planner = planner;
        this.writer = writer;
        this.config = config;
        this.rollRule = rollRule(config);
    }

    /// Takes other settings from the next append on.
    void configure(LogConfig newConfig) {
        this.config = newConfig;
        this.rollRule = rollRule(newConfig);
    }

    private static RollRule rollRule(LogConfig config) {
        return new RollRule(
                config.segmentBytes(),
                Math.max(0, config.segmentMs() - config.segmentJitterMs()),
                config.segmentIndexBytes());
    }

    /// As [PartitionLog#append], of a log that is writable.
    AppendOutcome append(ByteBuffer batch, AppendOrigin origin, int leaderEpoch, Now now, Lease lease) {
        return switch (origin) {
            case CLIENT -> appendOfClient(batch, leaderEpoch, now, lease);
            case COORDINATOR -> {
                view.wrap(batch, batch.position());
                Invariant.check(
                        view.structureProblem(batch.remaining()) == null && view.sizeBytes() == batch.remaining(),
                        "a coordinator appends one whole batch");
                yield plan(batch, false, offsets.logEndOffset(), leaderEpoch, -1L, now, lease);
            }
            case REPLICA, MIRROR -> appendWithOffsets(batch, now, lease);
        };
    }

    /// As [PartitionLog#originalOf].
    AppendOutcome.@Nullable Duplicate originalOf(ByteBuffer batch, Now now) {
        boolean isGood =
                BatchCheck.check(batch, config.batchRules(), now.wallMs(), view) instanceof BatchVerdict.Accepted;
        return isGood && planner.producers().check(view) instanceof SequenceVerdict.Retry(ProducerBatch original)
                ? duplicate(original)
                : null;
    }

    private AppendOutcome.Duplicate duplicate(ProducerBatch original) {
        return new AppendOutcome.Duplicate(
                original.baseOffset(), original.lastOffset(), config.logAppendTime() ? original.timestampMs() : -1L);
    }

    private AppendOutcome appendOfClient(ByteBuffer batch, int leaderEpoch, Now now, Lease lease) {
        return switch (BatchCheck.check(batch, config.batchRules(), now.wallMs(), view)) {
            case BatchVerdict.Refused refused ->
                new AppendOutcome.Refused(refused.error(), refused.detail(), refused.records());
            case BatchVerdict.Accepted accepted -> {
                if (view.isTransactional()) {
                    yield refused(ErrorCode.INVALID_TXN_STATE, "transactions are not supported");
                }
                long logAppendTimeMs = -1L;
                if (config.logAppendTime()) {
                    logAppendTimeMs = now.wallMs();
                    view.setLogAppendTime(logAppendTimeMs);
                }
                yield plan(accepted.batch(), true, offsets.logEndOffset(), leaderEpoch, logAppendTimeMs, now, lease);
            }
        };
    }

    private AppendOutcome appendWithOffsets(ByteBuffer batch, Now now, Lease lease) {
        view.wrap(batch, batch.position());
        String problem = view.structureProblem(batch.remaining());
        if (problem == null) {
            problem = view.headerProblem();
        }
        if (problem != null || view.sizeBytes() != batch.remaining() || !view.crcIsValid()) {
            return refused(
                    ErrorCode.CORRUPT_MESSAGE, problem != null ? problem : "not one batch with the CRC it names");
        }
        if (view.baseOffset() < offsets.logEndOffset()) {
            return refused(
                    ErrorCode.CORRUPT_MESSAGE,
                    "offset " + view.baseOffset() + " is below the log end offset " + offsets.logEndOffset());
        }
        return plan(batch, false, view.baseOffset(), view.partitionLeaderEpoch(), -1L, now, lease);
    }

    private AppendOutcome plan(
            ByteBuffer batch,
            boolean isClient,
            long baseOffset,
            int leaderEpoch,
            long logAppendTimeMs,
            Now now,
            Lease lease) {
        AppendPlan plan = planner.plan(
                view, isClient, baseOffset, leaderEpoch, rollRule, config.indexIntervalBytes(), now.wallMs());
        return switch (plan) {
            case AppendPlan.Refused refused -> refused(refused.error(), refused.detail());
            case AppendPlan.Duplicate(ProducerBatch original) -> duplicate(original);
            case AppendPlan.Append append -> {
                writer.add(new QueuedBatch(
                        batch,
                        batch.remaining(),
                        lease,
                        append.baseOffset(),
                        append.lastOffset(),
                        view.maxTimestampMs(),
                        append.positionBytes(),
                        append.rolls()));
                offsets.planned(append.lastOffset() + 1);
                yield new AppendOutcome.Appended(append.baseOffset(), append.lastOffset(), logAppendTimeMs);
            }
        };
    }

    static AppendOutcome refused(ErrorCode error, String detail) {
        return new AppendOutcome.Refused(error, detail, List.of());
    }
}
