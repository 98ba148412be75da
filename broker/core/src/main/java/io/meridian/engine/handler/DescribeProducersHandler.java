package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionAnswer.ProducersListed;
import io.meridian.engine.replication.PartitionAnswer.ProducersResult;
import io.meridian.engine.replication.PartitionMessage.ListProducers;
import io.meridian.engine.replication.PartitionMessage.PartitionProducers;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeProducersRequest;
import io.meridian.protocol.message.DescribeProducersRequest.TopicRequest;
import io.meridian.protocol.message.DescribeProducersResponse;
import io.meridian.protocol.message.DescribeProducersResponse.PartitionResponse;
import io.meridian.protocol.message.DescribeProducersResponse.ProducerState;
import io.meridian.protocol.message.DescribeProducersResponse.TopicResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// DescribeProducers: the idempotent producers that partitions remember (KIP-664). Needs READ on each topic.
public final class DescribeProducersHandler {
    private static final int NO_COORDINATOR_EPOCH = -1;
    private static final long NO_TRANSACTION = -1L;

    private record Asked(String topic, int partition) {}

    private final NodeScope scope;

    public DescribeProducersHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, DescribeProducersRequest request) {
        int slots = request.topics().stream()
                .mapToInt(topic -> topic.partitionIndexes().size())
                .sum();
        Gather<ProducersResult> gather = new Gather<>(
                scope.operations(),
                slots,
                DescribeProducersHandler::resultsOf,
                ProducersResult::slot,
                results -> answer(context, request, results));
        ByOwner<PartitionProducers> asked = new ByOwner<>(scope.layout());
        Set<Asked> seen = new HashSet<>();
        int slot = 0;
        for (TopicRequest topic : request.topics()) {
            TopicImage known = scope.image().topics().byName(topic.name());
            for (int partition : topic.partitionIndexes()) {
                ErrorCode error = seen.add(new Asked(topic.name(), partition))
                        ? check(context, topic.name(), known, partition)
                        : ErrorCode.INVALID_REQUEST;
                if (error == ErrorCode.NONE && known != null) {
                    TopicIdPartition id = new TopicIdPartition(known.topicId(), partition);
                    asked.add(id, new PartitionProducers(slot, id));
                } else {
                    gather.put(ProducersResult.refused(slot, error));
                }
                slot++;
            }
        }
        long operationId = gather.await(asked.ownerCount());
        asked.forEach((items, owner) ->
                scope.bus().send(owner, new ListProducers(scope.layout().nodeIndex(), operationId, items)));
    }

    private ErrorCode check(RequestContext context, String name, @Nullable TopicImage known, int partition) {
        if (!scope.allowsTopic(context, Operation.READ, name)) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        if (TopicNameRule.refusal(name) != null) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        return known == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : PartitionResolver.leadership(known, partition, scope.brokerId());
    }

    private void answer(RequestContext context, DescribeProducersRequest request, List<ProducersResult> results) {
        List<TopicResponse> topics = new ArrayList<>();
        Iterator<ProducersResult> inOrder = results.iterator();
        for (TopicRequest topic : request.topics()) {
            List<PartitionResponse> partitions = new ArrayList<>();
            for (int partition : topic.partitionIndexes()) {
                ProducersResult result = inOrder.next();
                partitions.add(new PartitionResponse(
                        partition,
                        result.error().code(),
                        null,
                        result.producers().stream()
                                .map(producer -> new ProducerState(
                                        producer.producerId(),
                                        producer.producerEpoch(),
                                        producer.lastSequence(),
                                        producer.lastTimestampMs(),
                                        NO_COORDINATOR_EPOCH,
                                        NO_TRANSACTION))
                                .toList()));
            }
            topics.add(new TopicResponse(topic.name(), partitions));
        }
        scope.reply(context, DescribeProducersResponse.DEFAULT.withTopics(topics));
    }

    private static List<ProducersResult> resultsOf(PartitionAnswer answer) {
        if (answer instanceof ProducersListed(long _, List<ProducersResult> results)) {
            return results;
        }
        throw Invariant.unreachable("a question about producers was answered something else");
    }
}
