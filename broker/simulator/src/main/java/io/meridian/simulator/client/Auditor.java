package io.meridian.simulator.client;

import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchRequest.FetchPartition;
import io.meridian.protocol.message.FetchRequest.FetchTopic;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.FetchResponse.FetchableTopicResponse;
import io.meridian.protocol.message.FetchResponse.PartitionData;
import io.meridian.simulator.batch.BatchReader;
import io.meridian.simulator.checker.PartitionHistory;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.ValueId;
import io.meridian.simulator.checker.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Reads every partition from its first offset to its high watermark and checks what only a whole log shows: nothing
/// acknowledged is missing, and each idempotent producer's records are there once and in order.
public final class Auditor extends ModelClient {
    private static final int VERSION = 17;
    private static final int ROUND_BYTES = 16 << 20;

    private final IntPredicate isIdempotent;
    private List<Audit> open = new ArrayList<>();
    private boolean mustSucceed;
    private boolean isDue;
    private boolean isFetching;
    private int completed;

    /// One partition on its way from the first offset to the end.
    private static final class Audit {
        final TopicHistory topic;
        final int partition;
        final long requiredEndOffset;
        final Map<Long, Integer> lastIndexes = new HashMap<>();
        final Map<Long, Integer> nextSequences = new HashMap<>();
        long position;
        long startKnown;
        boolean isCutOff;
        int lastEpoch = -1;

        Audit(TopicHistory topic, int partition) {
            this.topic = topic;
            this.partition = partition;
            this.requiredEndOffset = history().survivingEndOffset();
        }

        PartitionHistory history() {
            return topic.partitions().get(partition);
        }
    }

    /// @param isIdempotent whether the producer of that number is
    public Auditor(IntPredicate isIdempotent, ClientContext context) {
        super("auditor", context);
        this.isIdempotent = isIdempotent;
    }

    /// Begins to read everything.
    ///
    /// @param everything whether undamaged partitions out of service now must be readable in the end
    public void begin(boolean everything) {
        mustSucceed = everything;
        isDue = true;
        open = new ArrayList<>();
        for (TopicHistory topic : history().liveTopics()) {
            for (int i = 0; i < topic.partitions().size(); i++) {
                if (!topic.partitions().get(i).isDamaged()) {
                    open.add(new Audit(topic, i));
                }
            }
        }
        fetch();
    }

    /// Whether the audit begun last has come to its end.
    public boolean isDone() {
        return !isDue;
    }

    /// Audits that came to their end.
    public int completed() {
        return completed;
    }

    /// What is left, for messages.
    public String describeRest() {
        StringBuilder rest = new StringBuilder("the auditor still has to read");
        open.forEach(audit ->
                rest.append(' ').append(audit.history()).append(" from ").append(audit.position));
        return rest.toString();
    }

    @Override
    void onConnected() {
        isFetching = false;
        fetch();
    }

    @Override
    void onDisconnected() {
        isFetching = false;
    }

    private void fetch() {
        if (!isDue || isFetching || !isConnected()) {
            return;
        }
        open.removeIf(audit -> audit.topic.isDeletionAsked() || audit.history().isDamaged());
        if (open.isEmpty()) {
            isDue = false;
            completed++;
            return;
        }
        List<FetchTopic> topics = new ArrayList<>();
        for (Audit audit : open) {
            audit.startKnown = audit.history().logStartOffset();
            FetchPartition partition = FetchPartition.DEFAULT
                    .withPartition(audit.partition)
                    .withFetchOffset(audit.position)
                    .withPartitionMaxBytes(ROUND_BYTES);
            FetchTopic last = topics.isEmpty() ? null : topics.getLast();
            if (last != null && last.topicId().equals(audit.topic.id())) {
                last.partitions().add(partition);
            } else {
                topics.add(new FetchTopic("", audit.topic.id(), new ArrayList<>(List.of(partition))));
            }
        }
        isFetching = true;
        FetchRequest request = FetchRequest.DEFAULT
                .withReplicaId(-1)
                .withMaxWaitMs(0)
                .withMinBytes(0)
                .withMaxBytes(ROUND_BYTES)
                .withSessionEpoch(-1)
                .withTopics(topics);
        List<Audit> asked = List.copyOf(open);
        send(request, VERSION, null, FetchResponse.class, reply -> onReply(reply, asked));
    }

    private void onReply(FetchResponse reply, List<Audit> asked) {
        isFetching = false;
        Violation.unless(reply.errorCode() == Errors.NONE, "the auditor's fetch answered " + reply.errorCode());
        boolean anyError = false;
        for (FetchableTopicResponse topic : reply.responses()) {
            for (PartitionData data : topic.partitions()) {
                for (Audit audit : asked) {
                    if (audit.topic.id().equals(topic.topicId()) && audit.partition == data.partitionIndex()) {
                        anyError |= onData(audit, data);
                    }
                }
            }
        }
        if (anyError) {
            later(20 * MILLI_NS, this::fetch);
        } else {
            fetch();
        }
    }

    /// Whether the partition answered with an error and has to be asked again.
    private boolean onData(Audit audit, PartitionData data) {
        short error = data.errorCode();
        if (error == Errors.OFFSET_OUT_OF_RANGE && audit.position < data.logStartOffset()) {
            audit.history().checkLogStart(data.logStartOffset(), audit.startKnown);
            audit.position = data.logStartOffset();
            audit.isCutOff = true;
            audit.lastIndexes.clear();
            audit.nextSequences.clear();
            return false;
        }
        if (error != Errors.NONE) {
            trace().mix(audit.history().number(), error, 1);
            Violation.unless(
                    Errors.isRetriable(error) || Errors.isUnknownTopic(error),
                    audit.history() + ": the auditor's fetch from " + audit.position + " answered " + error);
            if (error == Errors.KAFKA_STORAGE_ERROR && !mustSucceed) {
                open.remove(audit);
            }
            return true;
        }
        FetchedRange range = new FetchedRange();
        range.take(audit.history(), data, audit.position, audit.startKnown, batch -> onBatch(audit, batch));
        audit.position = range.nextOffset();
        trace().mix(audit.history().number(), data.highWatermark(), audit.position);
        if (audit.position >= data.highWatermark()) {
            Violation.unless(
                    data.highWatermark() >= audit.requiredEndOffset,
                    audit.history() + ": the log ends at " + data.highWatermark() + ", but offset "
                            + (audit.requiredEndOffset - 1) + " was acknowledged or read");
            open.remove(audit);
        }
        return false;
    }

    private void onBatch(Audit audit, BatchReader batch) {
        PartitionHistory history = audit.history();
        Violation.unless(
                batch.leaderEpoch() >= audit.lastEpoch,
                history + ": leader epoch " + batch.leaderEpoch() + " follows " + audit.lastEpoch + " at offset "
                        + batch.baseOffset());
        audit.lastEpoch = batch.leaderEpoch();
        int client = ValueId.client(batch.id(0));
        if (!isIdempotent.test(client)) {
            return;
        }
        Integer sequence = audit.nextSequences.put(batch.producerId(), batch.baseSequence() + batch.count());
        Violation.unless(
                sequence == null || sequence == batch.baseSequence() || history.mayHaveLostAcknowledged(),
                history + ": sequence " + batch.baseSequence() + " of producer id " + batch.producerId() + " at offset "
                        + batch.baseOffset() + " instead of " + sequence);
        int first = ValueId.index(batch.id(0));
        long key = history.mayHaveLostAcknowledged() ? batch.producerId() : client;
        Integer lastSeen = audit.lastIndexes.get(key);
        int last = lastSeen == null ? -1 : lastSeen;
        Violation.unless(
                first == last + 1
                        || (audit.isCutOff && lastSeen == null)
                        || (history.mayHaveLostAcknowledged() && first > last),
                history + ": " + ValueId.describe(batch.id(0)) + " at offset " + batch.baseOffset()
                        + " follows its record " + last);
        audit.lastIndexes.put(key, first + batch.count() - 1);
    }
}
