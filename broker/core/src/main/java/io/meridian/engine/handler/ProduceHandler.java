package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionAnswer.AppendResult;
import io.meridian.engine.replication.PartitionAnswer.AppendsDone;
import io.meridian.engine.replication.PartitionMessage.AppendBatches;
import io.meridian.engine.replication.PartitionMessage.PartitionAppend;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceRequest.PartitionProduceData;
import io.meridian.protocol.message.ProduceRequest.TopicProduceData;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.meridian.protocol.message.ProduceResponse.LeaderIdAndEpoch;
import io.meridian.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.meridian.protocol.message.ProduceResponse.TopicProduceResponse;
import io.meridian.protocol.wire.BufferPayload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Produce: append one batch to each of some partitions. Needs WRITE on each topic.
///
/// Checks, in order: per topic authorised, known, not internal, repeated; per partition known, led by this broker;
/// acks, a transaction (none exist yet); that there are bytes. What the batch itself must be is the log's business.
/// A topic is never created here. With acks=0 there is no response, and an error closes the connection.
public final class ProduceHandler {
    private static final short LOWEST_VERSION_WITH_TOPIC_IDS = 13;

    /// The one name under which Apache Kafka, too, lets a client write what coordinators keep.
    private static final String ADMIN_CLIENT_ID = "__admin_client";

    private final NodeScope scope;

    public ProduceHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, ProduceRequest request, Now now) {
        int slots = request.topicData().stream()
                .mapToInt(topic -> topic.partitionData().size())
                .sum();
        Gather<AppendResult> gather = new Gather<>(
                scope.operations(),
                slots,
                ProduceHandler::resultsOf,
                AppendResult::slot,
                results -> answer(context, request, results));
        ErrorCode refusal = refusalOfWhole(request);
        ByOwner<PartitionAppend> appends = new ByOwner<>(scope.layout());
        Set<TopicIdPartition> seen = new HashSet<>();
        boolean byId = context.apiVersion() >= LOWEST_VERSION_WITH_TOPIC_IDS;
        int slot = 0;
        for (TopicProduceData topic : request.topicData()) {
            TopicImage known = PartitionResolver.topic(scope.image(), byId, topic.name(), topic.topicId());
            for (PartitionProduceData partition : topic.partitionData()) {
                ErrorCode error = check(context, byId, topic, known, partition, seen);
                error = error == ErrorCode.NONE ? refusal : error;
                if (error == ErrorCode.NONE && known != null && partition.records() instanceof BufferPayload records) {
                    TopicIdPartition id = new TopicIdPartition(known.topicId(), partition.index());
                    appends.add(id, new PartitionAppend(slot, id, records.buffer()));
                } else {
                    ErrorCode refused = error == ErrorCode.NONE ? ErrorCode.INVALID_RECORD : error;
                    gather.put(AppendResult.refused(slot, refused, null));
                }
                slot++;
            }
        }
        long operationId = gather.await(appends.ownerCount());
        long deadlineNs = now.deadlineNs(Math.max(0, request.timeoutMs()));
        appends.forEach((items, owner) -> {
            context.frame().retain();
            scope.bus()
                    .send(
                            owner,
                            new AppendBatches(
                                    scope.layout().nodeIndex(),
                                    operationId,
                                    request.acks(),
                                    deadlineNs,
                                    context.frame(),
                                    items));
        });
    }

    private static ErrorCode refusalOfWhole(ProduceRequest request) {
        if (request.acks() < -1 || request.acks() > 1) {
            return ErrorCode.INVALID_REQUIRED_ACKS;
        }
        return request.transactionalId() == null ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE;
    }

    private ErrorCode check(
            RequestContext context,
            boolean byId,
            TopicProduceData topic,
            @Nullable TopicImage known,
            PartitionProduceData partition,
            Set<TopicIdPartition> seen) {
        String name = known == null ? topic.name() : known.name();
        if (!scope.allowsTopic(context, Operation.WRITE, name)) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        if (known == null) {
            return PartitionResolver.unknownTopic(byId);
        }
        if (TopicNameRule.isInternal(known.name()) && !ADMIN_CLIENT_ID.equals(context.clientId())) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        if (!seen.add(new TopicIdPartition(known.topicId(), partition.index()))) {
            return ErrorCode.INVALID_REQUEST;
        }
        return PartitionResolver.leadership(known, partition.index(), scope.brokerId());
    }

    private void answer(RequestContext context, ProduceRequest request, List<AppendResult> results) {
        if (request.acks() != 0) {
            scope.reply(context, response(request, results));
            return;
        }
        for (AppendResult result : results) {
            if (result.error() != ErrorCode.NONE) {
                scope.closeConnection(context, "an acks=0 produce failed with " + result.error());
                return;
            }
        }
        scope.noReply(context);
    }

    private static ProduceResponse response(ProduceRequest request, List<AppendResult> results) {
        List<TopicProduceResponse> topics = new ArrayList<>(request.topicData().size());
        Iterator<AppendResult> inOrder = results.iterator();
        for (TopicProduceData topic : request.topicData()) {
            List<PartitionProduceResponse> partitions =
                    new ArrayList<>(topic.partitionData().size());
            for (PartitionProduceData partition : topic.partitionData()) {
                partitions.add(response(partition.index(), inOrder.next()));
            }
            topics.add(new TopicProduceResponse(topic.name(), topic.topicId(), partitions));
        }
        return ProduceResponse.DEFAULT.withResponses(topics);
    }

    private static PartitionProduceResponse response(int partition, AppendResult result) {
        List<BatchIndexAndErrorMessage> recordErrors = result.recordRefusals().isEmpty()
                ? List.of()
                : result.recordRefusals().stream()
                        .map(refusal -> new BatchIndexAndErrorMessage(refusal.batchIndex(), refusal.message()))
                        .toList();
        return new PartitionProduceResponse(
                partition,
                result.error().code(),
                result.baseOffset(),
                result.logAppendTimeMs(),
                result.logStartOffset(),
                recordErrors,
                result.detail(),
                LeaderIdAndEpoch.DEFAULT);
    }

    private static List<AppendResult> resultsOf(PartitionAnswer answer) {
        if (answer instanceof AppendsDone(long _, List<AppendResult> results)) {
            return results;
        }
        throw Invariant.unreachable("a produce was answered something else");
    }
}
