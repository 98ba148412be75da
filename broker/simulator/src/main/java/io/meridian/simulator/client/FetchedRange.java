package io.meridian.simulator.client;

import io.meridian.protocol.message.FetchResponse.PartitionData;
import io.meridian.protocol.wire.Payload;
import io.meridian.simulator.batch.BatchReader;
import io.meridian.simulator.checker.PartitionHistory;
import io.meridian.simulator.checker.Violation;
import io.meridian.simulator.world.ReplyPayloads;

/// Takes in what a fetch returned for one partition and checks all that one reply can show.
final class FetchedRange {
    private final BatchReader reader = new BatchReader();
    private int sizeBytes;
    private int firstBatchBytes;
    private long nextOffset;

    /// Hears every whole batch, in order of offsets.
    interface BatchListener {
        void onBatch(BatchReader batch);
    }

    /// @param position the offset asked for
    /// @param startKnown the log start offset that was known when the fetch was sent
    void take(PartitionHistory history, PartitionData data, long position, long startKnown, BatchListener listener) {
        Violation.unless(
                0 <= data.logStartOffset()
                        && data.logStartOffset() <= data.lastStableOffset()
                        && data.lastStableOffset() <= data.highWatermark(),
                history + ": offsets out of order in " + data);
        history.checkLogStart(data.logStartOffset(), startKnown);
        nextOffset = position;
        firstBatchBytes = 0;
        Payload records = data.records();
        sizeBytes = records == null ? 0 : records.sizeInBytes();
        if (records == null || sizeBytes == 0) {
            return;
        }
        Violation.unless(
                position >= startKnown,
                history + ": a fetch from " + position + " was served, the log begins at " + startKnown);
        reader.reset(ReplyPayloads.bytesOf(records));
        long expected = -1;
        while (reader.next()) {
            if (expected < 0) {
                firstBatchBytes = reader.sizeBytes();
                Violation.unless(
                        reader.baseOffset() <= position && position <= reader.lastOffset(),
                        history + ": a fetch from " + position + " returned the batch " + reader.baseOffset() + " to "
                                + reader.lastOffset());
            } else {
                Violation.unless(
                        reader.baseOffset() == expected,
                        history + ": offset " + reader.baseOffset() + " follows " + (expected - 1));
            }
            expected = reader.lastOffset() + 1;
            Violation.unless(
                    expected <= data.highWatermark(),
                    history + ": records up to " + (expected - 1) + " were served above the high watermark "
                            + data.highWatermark());
            for (int i = 0; i < reader.count(); i++) {
                history.read(reader.baseOffset() + i, reader.id(i), reader.leaderEpoch());
            }
            listener.onBatch(reader);
        }
        Violation.unless(
                reader.damage() == null,
                history + ": damaged bytes were served from " + position + " on: " + reader.damage());
        Violation.unless(expected >= 0, history + ": a fetch from " + position + " returned no whole batch");
        nextOffset = Math.max(position, expected);
    }

    int sizeBytes() {
        return sizeBytes;
    }

    int firstBatchBytes() {
        return firstBatchBytes;
    }

    /// Where the next fetch goes on.
    long nextOffset() {
        return nextOffset;
    }
}
