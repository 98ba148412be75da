package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionAnswer.EpochResult;
import io.meridian.engine.replication.PartitionAnswer.EpochsFound;
import io.meridian.engine.replication.PartitionMessage.EpochLookup;
import io.meridian.engine.replication.PartitionMessage.LookupEpochs;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.meridian.protocol.message.OffsetForLeaderEpochResponse;
import io.meridian.protocol.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.meridian.protocol.message.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OffsetForLeaderEpoch: where a leader's reign ended, by which a client finds out that its history was cut
/// (KIP-320). Needs DESCRIBE on each topic.
///
/// Answers the largest known epoch that is not above the one asked for and the start of the next, or (-1, -1).
public final class OffsetForLeaderEpochHandler {
    private final NodeScope scope;

    public OffsetForLeaderEpochHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, OffsetForLeaderEpochRequest request) {
        int slots = request.topics().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
        Gather<EpochResult> gather = new Gather<>(
                scope.operations(),
                slots,
                OffsetForLeaderEpochHandler::resultsOf,
                EpochResult::slot,
                results -> answer(context, request, results));
        ByOwner<EpochLookup> lookups = new ByOwner<>(scope.layout());
        int slot = 0;
        for (OffsetForLeaderTopic topic : request.topics()) {
            TopicImage known = scope.image().topics().byName(topic.topic());
            for (OffsetForLeaderPartition partition : topic.partitions()) {
                ErrorCode error = check(context, request, topic, known, partition);
                if (error == ErrorCode.NONE && known != null) {
                    TopicIdPartition id = new TopicIdPartition(known.topicId(), partition.partition());
                    lookups.add(id, new EpochLookup(slot, id, partition.currentLeaderEpoch(), partition.leaderEpoch()));
                } else {
                    gather.put(new EpochResult(slot, error, -1, -1L));
                }
                slot++;
            }
        }
        long operationId = gather.await(lookups.ownerCount());
        lookups.forEach((items, owner) ->
                scope.bus().send(owner, new LookupEpochs(scope.layout().nodeIndex(), operationId, items)));
    }

    private ErrorCode check(
            RequestContext context,
            OffsetForLeaderEpochRequest request,
            OffsetForLeaderTopic topic,
            @Nullable TopicImage known,
            OffsetForLeaderPartition partition) {
        if (!scope.allowsTopic(context, Operation.DESCRIBE, topic.topic())) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        if (request.replicaId() >= 0) {
            return ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        }
        return known == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : PartitionResolver.leadership(known, partition.partition(), scope.brokerId());
    }

    private void answer(RequestContext context, OffsetForLeaderEpochRequest request, List<EpochResult> results) {
        List<OffsetForLeaderTopicResult> topics = new ArrayList<>();
        Iterator<EpochResult> inOrder = results.iterator();
        for (OffsetForLeaderTopic topic : request.topics()) {
            List<EpochEndOffset> partitions = new ArrayList<>();
            for (OffsetForLeaderPartition partition : topic.partitions()) {
                EpochResult result = inOrder.next();
                partitions.add(new EpochEndOffset(
                        result.error().code(), partition.partition(), result.leaderEpoch(), result.endOffset()));
            }
            topics.add(new OffsetForLeaderTopicResult(topic.topic(), partitions));
        }
        scope.reply(context, OffsetForLeaderEpochResponse.DEFAULT.withTopics(topics));
    }

    private static List<EpochResult> resultsOf(PartitionAnswer answer) {
        if (answer instanceof EpochsFound(long _, List<EpochResult> results)) {
            return results;
        }
        throw Invariant.unreachable("an epoch lookup was answered something else");
    }
}
