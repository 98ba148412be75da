package io.meridian.simulator.client;

import io.meridian.simulator.checker.PartitionHistory;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.ValueId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one producer has written and has yet to write to one partition.
final class ProducerStream {
    private static final int BATCHES_IN_FLIGHT_MAX = 5;
    private static final int RECORDS_MAX = 12;

    private final int producer;
    private final TopicHistory topic;
    private final int partition;
    private final List<Batch> unacknowledged = new ArrayList<>();
    private int target;
    private int nextIndex;
    private int nextSequence;
    private long notBeforeNs;

    /// Makes the bytes of a batch.
    interface BatchMaker {
        byte[] make(long firstId, int count, int sequence);
    }

    /// Records that travel together, in every attempt.
    static final class Batch {
        private final ProducerStream stream;
        private final int firstIndex;
        private final int count;
        private byte @Nullable [] bytes;
        private boolean isInFlight;

        Batch(ProducerStream stream, int firstIndex, int count, byte[] bytes) {
            this.stream = stream;
            this.firstIndex = firstIndex;
            this.count = count;
            this.bytes = bytes;
        }

        ProducerStream stream() {
            return stream;
        }

        int count() {
            return count;
        }

        long firstId() {
            return stream.idOf(firstIndex);
        }

        byte[] bytes() {
            if (bytes == null) {
                throw new IllegalStateException("a batch without bytes is sent");
            }
            return bytes;
        }

        void sent() {
            isInFlight = true;
        }

        void retryFrom(long timeNs) {
            isInFlight = false;
            stream.notBeforeNs = timeNs;
        }
    }

    ProducerStream(int producer, TopicHistory topic, int partition, int records) {
        this.producer = producer;
        this.topic = topic;
        this.partition = partition;
        this.target = records;
    }

    TopicHistory topic() {
        return topic;
    }

    int partition() {
        return partition;
    }

    PartitionHistory history() {
        return topic.partitions().get(partition);
    }

    private long idOf(int index) {
        return ValueId.of(producer, history().number(), index);
    }

    boolean isDone() {
        return unacknowledged.isEmpty() && nextIndex >= target;
    }

    boolean isFirstUnacknowledged(Batch batch) {
        return !unacknowledged.isEmpty() && unacknowledged.getFirst() == batch;
    }

    /// The first batch that is not under way, a new one when all are and there is room; null when nothing may be
    /// sent.
    ///
    /// @param mayBeNew whether a batch may be begun
    @Nullable
    Batch nextToSend(long nowNs, boolean mayBeNew, BatchMaker maker) {
        if (nowNs < notBeforeNs) {
            return null;
        }
        for (Batch batch : unacknowledged) {
            if (!batch.isInFlight) {
                if (batch.bytes == null) {
                    batch.bytes = maker.make(batch.firstId(), batch.count, nextSequence);
                    nextSequence += batch.count;
                }
                return batch;
            }
        }
        if (!mayBeNew || unacknowledged.size() >= BATCHES_IN_FLIGHT_MAX || nextIndex >= target) {
            return null;
        }
        int size = Math.min(target - nextIndex, 1 + (nextIndex * 7 + producer * 3 + partition * 5) % RECORDS_MAX);
        Batch batch = new Batch(this, nextIndex, size, maker.make(idOf(nextIndex), size, nextSequence));
        nextIndex += size;
        nextSequence += size;
        unacknowledged.add(batch);
        return batch;
    }

    void acknowledged(Batch batch) {
        unacknowledged.remove(batch);
    }

    void onDisconnected() {
        for (Batch batch : unacknowledged) {
            batch.isInFlight = false;
        }
    }

    /// Whether batches may be in the log unacknowledged, so that they must be retried under the id they have.
    boolean mustKeepId() {
        return !unacknowledged.isEmpty() && !history().mayHaveLostAcknowledged();
    }

    /// The producer has a new id: everything unacknowledged gets new bytes under new sequences.
    void startOver() {
        nextSequence = 0;
        for (Batch batch : unacknowledged) {
            batch.bytes = null;
        }
    }

    /// The partition is gone: nothing more is written to it.
    void giveUp() {
        unacknowledged.clear();
        target = nextIndex;
    }

    @Override
    public String toString() {
        return "producer-" + producer + " to " + history() + " (" + unacknowledged.size() + " batches unacknowledged, "
                + (target - nextIndex) + " records to come)";
    }
}
