package io.meridian.simulator.client;

import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.meridian.protocol.message.ListOffsetsResponse;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.meridian.protocol.message.OffsetForLeaderEpochResponse;
import io.meridian.simulator.checker.PartitionHistory;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.Violation;
import java.util.List;

/// Asks for offsets by time and by leader epoch and compares the answers with what clients know.
final class OffsetLookups {
    private static final int LIST_OFFSETS_VERSION = 7;
    private static final int EPOCHS_VERSION = 4;
    private static final long LATEST = -1;
    private static final long EARLIEST = -2;

    private final ModelClient client;

    OffsetLookups(ModelClient client) {
        this.client = client;
    }

    /// Asks one question; `whenDone` runs after the answer.
    void lookUp(Runnable whenDone) {
        List<TopicHistory> topics = client.history().liveTopics().stream()
                .filter(topic -> !topic.isTemporary())
                .toList();
        if (topics.isEmpty()) {
            client.later(ModelClient.MILLI_NS, whenDone);
            return;
        }
        TopicHistory topic = topics.get(client.random().nextInt(topics.size()));
        int partition = client.random().nextInt(topic.partitions().size());
        if (client.random().nextBoolean()) {
            listOffsets(topic, partition, client.random().nextBoolean() ? LATEST : EARLIEST, whenDone);
        } else {
            endOfEpoch(topic, partition, whenDone);
        }
    }

    private void listOffsets(TopicHistory topic, int partition, long time, Runnable whenDone) {
        PartitionHistory history = topic.partitions().get(partition);
        long required = history.readableEndOffset();
        long startKnown = history.logStartOffset();
        ListOffsetsRequest request = new ListOffsetsRequest(
                -1,
                (byte) client.random().nextInt(2),
                List.of(new ListOffsetsTopic(topic.name(), List.of(new ListOffsetsPartition(partition, -1, time)))),
                10_000);
        client.send(request, LIST_OFFSETS_VERSION, null, ListOffsetsResponse.class, reply -> {
            ListOffsetsResponse.ListOffsetsPartitionResponse answer =
                    reply.topics().getFirst().partitions().getFirst();
            client.trace().mix(history.number(), answer.errorCode(), answer.offset());
            if (isAnswered(answer.errorCode(), history)) {
                if (time == EARLIEST) {
                    history.checkLogStart(answer.offset(), startKnown);
                }
                Violation.unless(
                        time == EARLIEST || answer.offset() >= required,
                        history + ": the offset for time " + time + " is " + answer.offset() + ", the acknowledged end "
                                + required);
            }
            whenDone.run();
        });
    }

    private void endOfEpoch(TopicHistory topic, int partition, Runnable whenDone) {
        PartitionHistory history = topic.partitions().get(partition);
        int current = history.leaderEpoch();
        int asked = current <= 0 ? 0 : client.random().nextInt(current);
        OffsetForLeaderEpochRequest request = new OffsetForLeaderEpochRequest(
                -1,
                List.of(new OffsetForLeaderTopic(
                        topic.name(), List.of(new OffsetForLeaderPartition(partition, -1, asked)))));
        client.send(request, EPOCHS_VERSION, null, OffsetForLeaderEpochResponse.class, reply -> {
            OffsetForLeaderEpochResponse.EpochEndOffset answer =
                    reply.topics().getFirst().partitions().getFirst();
            client.trace().mix(history.number(), answer.errorCode(), answer.endOffset());
            if (isAnswered(answer.errorCode(), history) && answer.endOffset() >= 0 && asked < current) {
                history.checkEpochEnd(asked, answer.endOffset());
            }
            whenDone.run();
        });
    }

    private static boolean isAnswered(short error, PartitionHistory history) {
        if (error == Errors.NONE) {
            return !history.isDamaged();
        }
        Violation.unless(
                Errors.isRetriable(error)
                        || Errors.isUnknownTopic(error)
                        || (history.isDamaged() && Errors.isDamage(error)),
                history + ": a lookup answered " + error);
        return false;
    }
}
