package io.meridian.log.state;

import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.record.RecordBatchView;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The producers of one log and the last five batches of each: what makes a retry harmless.
///
/// - A batch equal to a kept one in epoch, first and last sequence is a retry.
/// - Otherwise the first sequence must follow the last one; [Integer#MAX_VALUE] is followed by 0.
/// - A newer epoch starts at sequence 0, an older one is fenced.
/// - A producer that is not known begins at sequence 0, as long as the log still knows everybody who ever wrote to
///   it. Otherwise its records may have been deleted or its state expired, and it may begin anywhere. Apache Kafka
///   accepts any first sequence in both cases; then a batch whose predecessor was refused for a passing reason,
///   while both were in flight, would be stored before it.
public final class ProducerStates {
    /// Kafka's clients keep up to five batches in flight per partition.
    public static final int BATCHES_KEPT = 5;

    private static final SequenceVerdict NEXT = new SequenceVerdict.Next();

    private final Map<Long, ProducerEntry> producers = new LinkedHashMap<>();
    private boolean isComplete;

    /// @param isComplete nobody else has ever written to the log
    public ProducerStates(boolean isComplete) {
        this.isComplete = isComplete;
    }

    /// Whether every producer that ever wrote to the log is known.
    public boolean isComplete() {
        return isComplete;
    }

    /// Somebody's batches could not be read: from now on a producer that is not known may be one of theirs.
    public void somebodyIsMissing() {
        isComplete = false;
    }

    /// Judges a batch of a client. Changes nothing.
    public SequenceVerdict check(RecordBatchView batch) {
        if (!batch.hasProducerId()) {
            return NEXT;
        }
        return check(batch.producerId(), batch.producerEpoch(), batch.baseSequence(), batch.lastSequence());
    }

    SequenceVerdict check(long producerId, short producerEpoch, int firstSequence, int lastSequence) {
        ProducerEntry entry = producers.get(producerId);
        if (entry == null) {
            return firstSequence == 0 || !isComplete ? NEXT : outOfOrder(producerId, producerEpoch, firstSequence, 0);
        }
        if (producerEpoch < entry.epoch()) {
            return new SequenceVerdict.Refused(
                    ErrorCode.INVALID_PRODUCER_EPOCH,
                    "producer " + producerId + " has epoch " + producerEpoch + ", the log knows " + entry.epoch());
        }
        ProducerBatch original = entry.duplicateOf(producerEpoch, firstSequence, lastSequence);
        if (original != null) {
            return new SequenceVerdict.Retry(original);
        }
        if (producerEpoch > entry.epoch()) {
            return firstSequence == 0 ? NEXT : outOfOrder(producerId, producerEpoch, firstSequence, 0);
        }
        ProducerBatch last = entry.last();
        if (last == null) {
            return NEXT;
        }
        int expected = RecordBatchView.sequenceAfter(last.lastSequence(), 1);
        return firstSequence == expected ? NEXT : outOfOrder(producerId, producerEpoch, firstSequence, expected);
    }

    private static SequenceVerdict outOfOrder(long producerId, short producerEpoch, int found, int expected) {
        return new SequenceVerdict.Refused(
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                "producer " + producerId + " in epoch " + producerEpoch + " sent sequence " + found + ", expected "
                        + expected);
    }

    /// Takes over a batch that is in the log, or will be, at `baseOffset`. Total: what is in the log is true,
    /// whatever its sequences. Control batches move only the epoch.
    ///
    /// @param nowMs the time of the append, or of the recovery that replays it: expiry counts from here, because
    ///     the timestamps of records say nothing about when their producer was last heard of
    public void apply(RecordBatchView batch, long baseOffset, long nowMs) {
        if (!batch.hasProducerId()) {
            return;
        }
        ProducerEntry entry = producers.get(batch.producerId());
        if (entry == null) {
            entry = new ProducerEntry(batch.producerEpoch(), nowMs);
            producers.put(batch.producerId(), entry);
        }
        entry.heard(batch.producerEpoch(), nowMs);
        if (!batch.isControl() && batch.baseSequence() >= 0) {
            entry.add(new ProducerBatch(
                    batch.producerEpoch(),
                    batch.baseSequence(),
                    batch.lastSequence(),
                    baseOffset,
                    baseOffset + batch.lastOffsetDelta(),
                    batch.maxTimestampMs()));
        }
    }

    /// Forgets the producers not heard of for `expirationMs`.
    public void expire(long nowMs, long expirationMs) {
        if (producers.values().removeIf(entry -> nowMs - entry.lastHeardMs() >= expirationMs)) {
            isComplete = false;
        }
    }

    /// Takes over an entry of a snapshot, its batches oldest first.
    void restore(long producerId, ProducerEntry entry) {
        producers.put(producerId, entry);
    }

    @Nullable
    ProducerEntry entry(long producerId) {
        return producers.get(producerId);
    }

    Iterator<Map.Entry<Long, ProducerEntry>> entries() {
        return producers.entrySet().iterator();
    }

    /// Sees every producer: its id, its epoch and its last batch, null when none of the epoch is kept.
    public void forEach(Visitor visitor) {
        producers.forEach((producerId, entry) -> visitor.producer(producerId, entry.epoch(), entry.last()));
    }

    /// What sees the producers of a log, in the order in which they first wrote.
    public interface Visitor {
        void producer(long producerId, short producerEpoch, @Nullable ProducerBatch last);
    }

    /// The batches kept of a producer, 0 when it is not known.
    public int batchCount(long producerId) {
        ProducerEntry entry = producers.get(producerId);
        return entry == null ? 0 : entry.batches().size();
    }

    public int count() {
        return producers.size();
    }
}
