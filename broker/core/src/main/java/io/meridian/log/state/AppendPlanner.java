package io.meridian.log.state;

import io.meridian.protocol.record.RecordBatchView;

/// Decides one append: sequence, offsets, epoch, segment. What it answers with [AppendPlan.Append] is already part
/// of its state, so the next batch can be planned before this one is written.
public final class AppendPlanner {
    private final ProducerStates producers;
    private final LeaderEpochs epochs;
    private SegmentPlan segment;

    public AppendPlanner(ProducerStates producers, LeaderEpochs epochs, SegmentPlan segment) {
        this.producers = producers;
        this.epochs = epochs;
        this.segment = segment;
    }

    /// Plans a batch at `baseOffset` and patches base offset and leader epoch into it.
    ///
    /// @param isClient sequences are judged
    public AppendPlan plan(
            RecordBatchView batch,
            boolean isClient,
            long baseOffset,
            int leaderEpoch,
            RollRule rollRule,
            int indexIntervalBytes,
            long nowMs) {
        if (isClient) {
            switch (producers.check(batch)) {
                case SequenceVerdict.Next ignored -> {}
                case SequenceVerdict.Retry retry -> {
                    return new AppendPlan.Duplicate(retry.original());
                }
                case SequenceVerdict.Refused refused -> {
                    return new AppendPlan.Refused(refused.error(), refused.detail());
                }
            }
        }
        batch.setBaseOffset(baseOffset);
        batch.setPartitionLeaderEpoch(leaderEpoch);
        long lastOffset = batch.lastOffset();
        boolean rolls = rollRule.mustRoll(segment, batch.sizeBytes(), batch.maxTimestampMs(), lastOffset);
        if (rolls) {
            segment = new SegmentPlan(baseOffset);
        }
        int position = segment.add(batch.sizeBytes(), batch.maxTimestampMs(), indexIntervalBytes);
        producers.apply(batch, baseOffset, nowMs);
        epochs.assign(leaderEpoch, baseOffset);
        return new AppendPlan.Append(baseOffset, lastOffset, position, rolls);
    }

    /// The next batch opens the segment of `baseOffset`, whatever the roll rule says.
    public void roll(long baseOffset) {
        segment = new SegmentPlan(baseOffset);
    }

    public ProducerStates producers() {
        return producers;
    }

    public LeaderEpochs epochs() {
        return epochs;
    }
}
