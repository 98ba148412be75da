package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionAnswer.PartitionsTrimmed;
import io.meridian.engine.replication.PartitionAnswer.TrimResult;
import io.meridian.engine.replication.PartitionMessage.PartitionTrim;
import io.meridian.engine.replication.PartitionMessage.TrimPartitions;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.meridian.protocol.message.DeleteRecordsResponse;
import io.meridian.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.meridian.protocol.message.DeleteRecordsResponse.DeleteRecordsTopicResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DeleteRecords: everything before an offset, -1 standing for the high watermark. Needs DELETE on each topic.
///
/// Checks, in order: authorised, topic known, not internal, led by this broker; whether the topic's records may be
/// deleted and the offset is one of them is the partition's business. Answered with the low watermark once the new
/// log start offset is durable, or REQUEST_TIMED_OUT after the request's timeout.
public final class DeleteRecordsHandler {
    private final NodeScope scope;

    public DeleteRecordsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, DeleteRecordsRequest request, Now now) {
        int slots = request.topics().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
        Gather<TrimResult> gather = new Gather<>(
                scope.operations(),
                slots,
                DeleteRecordsHandler::resultsOf,
                TrimResult::slot,
                results -> answer(context, request, results));
        ByOwner<PartitionTrim> trims = new ByOwner<>(scope.layout());
        int slot = 0;
        for (DeleteRecordsTopic topic : request.topics()) {
            TopicImage known = scope.image().topics().byName(topic.name());
            for (DeleteRecordsPartition partition : topic.partitions()) {
                ErrorCode error = check(context, topic.name(), known, partition.partitionIndex());
                if (error == ErrorCode.NONE && known != null) {
                    TopicIdPartition id = new TopicIdPartition(known.topicId(), partition.partitionIndex());
                    trims.add(id, new PartitionTrim(slot, id, partition.offset()));
                } else {
                    gather.put(TrimResult.refused(slot, error));
                }
                slot++;
            }
        }
        long operationId = gather.await(trims.ownerCount());
        long deadlineNs = now.deadlineNs(Math.max(0, request.timeoutMs()));
        trims.forEach((items, owner) -> scope.bus()
                .send(owner, new TrimPartitions(scope.layout().nodeIndex(), operationId, deadlineNs, items)));
    }

    private ErrorCode check(RequestContext context, String name, @Nullable TopicImage known, int partition) {
        if (!scope.allowsTopic(context, Operation.DELETE, name)) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        if (known == null) {
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        }
        if (TopicNameRule.isInternal(name)) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        return PartitionResolver.leadership(known, partition, scope.brokerId());
    }

    private void answer(RequestContext context, DeleteRecordsRequest request, List<TrimResult> results) {
        List<DeleteRecordsTopicResult> topics = new ArrayList<>();
        Iterator<TrimResult> inOrder = results.iterator();
        for (DeleteRecordsTopic topic : request.topics()) {
            List<DeleteRecordsPartitionResult> partitions = new ArrayList<>();
            for (DeleteRecordsPartition partition : topic.partitions()) {
                TrimResult result = inOrder.next();
                partitions.add(new DeleteRecordsPartitionResult(
                        partition.partitionIndex(),
                        result.lowWatermark(),
                        result.error().code()));
            }
            topics.add(new DeleteRecordsTopicResult(topic.name(), partitions));
        }
        scope.reply(context, DeleteRecordsResponse.DEFAULT.withTopics(topics));
    }

    private static List<TrimResult> resultsOf(PartitionAnswer answer) {
        if (answer instanceof PartitionsTrimmed(long _, List<TrimResult> results)) {
            return results;
        }
        throw Invariant.unreachable("a deletion of records was answered something else");
    }
}
