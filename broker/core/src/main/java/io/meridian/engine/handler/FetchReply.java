package io.meridian.engine.handler;

import io.meridian.base.Uuid;
import io.meridian.engine.replication.PartitionAnswer.EpochEnd;
import io.meridian.engine.replication.PartitionAnswer.ReadResult;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.FetchResponse.EpochEndOffset;
import io.meridian.protocol.message.FetchResponse.FetchableTopicResponse;
import io.meridian.protocol.message.FetchResponse.PartitionData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the results of a fetch into its response, in the order of service, neighbours of one topic together.
final class FetchReply {
    private FetchReply() {}

    static FetchResponse of(
            @Nullable FetchSession session,
            boolean full,
            List<FetchOperation.Item> items,
            ReadResult[] results,
            boolean readCommitted) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        List<PartitionData> partitions = new ArrayList<>();
        @Nullable FetchTarget first = null;
        for (int slot = 0; slot < results.length; slot++) {
            FetchTarget target = items.get(slot).target();
            boolean told = session == null || session.tells(target, results[slot]);
            if (!full && !told) {
                continue;
            }
            if (first != null && !isSameTopic(first, target)) {
                topics.add(new FetchableTopicResponse(first.topic(), first.topicId(), partitions));
                partitions = new ArrayList<>();
            }
            first = target;
            partitions.add(partition(target, results[slot], readCommitted));
        }
        if (first != null) {
            topics.add(new FetchableTopicResponse(first.topic(), first.topicId(), partitions));
        }
        return FetchResponse.DEFAULT
                .withSessionId(session == null ? 0 : session.sessionId())
                .withResponses(topics);
    }

    private static boolean isSameTopic(FetchTarget one, FetchTarget other) {
        Uuid id = one.topicId();
        return id.equals(other.topicId()) && one.topic().equals(other.topic());
    }

    private static PartitionData partition(FetchTarget target, ReadResult result, boolean readCommitted) {
        PartitionData data = PartitionData.DEFAULT
                .withPartitionIndex(target.partition())
                .withErrorCode(result.error().code())
                .withHighWatermark(result.highWatermark())
                .withLastStableOffset(result.lastStableOffset())
                .withLogStartOffset(result.logStartOffset())
                .withAbortedTransactions(readCommitted ? List.of() : null)
                .withRecords(result.payload());
        EpochEnd diverging = result.diverging();
        return diverging == null
                ? data
                : data.withDivergingEpoch(new EpochEndOffset(diverging.leaderEpoch(), diverging.endOffset()));
    }
}
