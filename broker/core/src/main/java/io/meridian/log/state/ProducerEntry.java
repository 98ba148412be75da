package io.meridian.log.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a log remembers of one producer id: its epoch and its last batches, oldest first.
final class ProducerEntry {
    private final List<ProducerBatch> batches = new ArrayList<>(1);
    private short epoch;
    private long lastHeardMs;

    ProducerEntry(short epoch, long lastHeardMs) {
        this.epoch = epoch;
        this.lastHeardMs = lastHeardMs;
    }

    short epoch() {
        return epoch;
    }

    long lastHeardMs() {
        return lastHeardMs;
    }

    List<ProducerBatch> batches() {
        return batches;
    }

    @Nullable
    ProducerBatch last() {
        return batches.isEmpty() ? null : batches.getLast();
    }

    @Nullable
    ProducerBatch duplicateOf(short producerEpoch, int firstSequence, int lastSequence) {
        if (producerEpoch != epoch) {
            return null;
        }
        for (ProducerBatch batch : batches) {
            if (batch.firstSequence() == firstSequence && batch.lastSequence() == lastSequence) {
                return batch;
            }
        }
        return null;
    }

    void heard(short producerEpoch, long nowMs) {
        if (producerEpoch != epoch) {
            epoch = producerEpoch;
            batches.clear();
        }
        lastHeardMs = nowMs;
    }

    /// Adds a batch of the current epoch.
    void add(ProducerBatch batch) {
        if (batches.size() == ProducerStates.BATCHES_KEPT) {
            batches.removeFirst();
        }
        batches.add(batch);
    }
}
