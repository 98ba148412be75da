package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionAnswer.OffsetResult;
import io.meridian.engine.replication.PartitionAnswer.OffsetsFound;
import io.meridian.engine.replication.PartitionMessage.LookupOffsets;
import io.meridian.engine.replication.PartitionMessage.OffsetQuestion;
import io.meridian.engine.replication.PartitionMessage.PartitionLookup;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.meridian.protocol.message.ListOffsetsResponse;
import io.meridian.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.meridian.protocol.message.ListOffsetsResponse.ListOffsetsTopicResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// ListOffsets: the offset that belongs to a timestamp or to a special position. Needs DESCRIBE on each topic.
///
/// | asked | from version | answered |
/// |---|---|---|
/// | a timestamp | 1 | the first record that is not older, or -1 |
/// | -1 | 1 | the end of what the client may read |
/// | -2 | 1 | the first offset kept |
/// | -3 | 7 | the record with the largest timestamp |
/// | -4 | 8 | the first offset on local disk, which is the first kept |
/// | -5, -6 | 9, 11 | an offset in a remote tier: there is none, so -1 |
///
/// Anything else, or a position that the request's version does not have, is UNSUPPORTED_VERSION. A partition that
/// is asked for more than once is answered once, with INVALID_REQUEST.
public final class ListOffsetsHandler {
    private static final short LOWEST_VERSION_WITH_LEADER_EPOCH = 4;
    private static final long LATEST = -1L;
    private static final long EARLIEST = -2L;
    private static final long MAX_TIMESTAMP = -3L;
    private static final long EARLIEST_LOCAL = -4L;
    private static final long LATEST_TIERED = -5L;
    private static final long EARLIEST_PENDING_UPLOAD = -6L;

    private record Asked(String topic, int partition) {}

    private final NodeScope scope;

    public ListOffsetsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, ListOffsetsRequest request) {
        int slots = request.topics().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
        Gather<OffsetResult> gather = new Gather<>(
                scope.operations(),
                slots,
                ListOffsetsHandler::resultsOf,
                OffsetResult::slot,
                results -> answer(context, request, results));
        ByOwner<PartitionLookup> lookups = new ByOwner<>(scope.layout());
        Map<Asked, Integer> timesAsked = timesAsked(request);
        int slot = 0;
        for (ListOffsetsTopic topic : request.topics()) {
            TopicImage known = scope.image().topics().byName(topic.name());
            for (ListOffsetsPartition partition : topic.partitions()) {
                OffsetQuestion question = question(partition.timestamp(), context.apiVersion());
                ErrorCode error = check(context, request, topic, known, partition, question, timesAsked);
                if (error == ErrorCode.NONE && known != null && question != null) {
                    TopicIdPartition id = new TopicIdPartition(known.topicId(), partition.partitionIndex());
                    lookups.add(id, new PartitionLookup(slot, id, partition.currentLeaderEpoch(), question));
                } else {
                    gather.put(new OffsetResult(slot, error, -1L, -1L, -1));
                }
                slot++;
            }
        }
        long operationId = gather.await(lookups.ownerCount());
        lookups.forEach((items, owner) -> scope.bus()
                .send(
                        owner,
                        new LookupOffsets(
                                scope.layout().nodeIndex(), operationId, request.isolationLevel() == 1, items)));
    }

    private ErrorCode check(
            RequestContext context,
            ListOffsetsRequest request,
            ListOffsetsTopic topic,
            @Nullable TopicImage known,
            ListOffsetsPartition partition,
            @Nullable OffsetQuestion question,
            Map<Asked, Integer> timesAsked) {
        if (!scope.allowsTopic(context, Operation.DESCRIBE, topic.name())) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        if (request.replicaId() >= 0) {
            return ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        }
        if (timesAsked.getOrDefault(new Asked(topic.name(), partition.partitionIndex()), 0) > 1) {
            return ErrorCode.INVALID_REQUEST;
        }
        if (question == null) {
            return ErrorCode.UNSUPPORTED_VERSION;
        }
        if (known == null) {
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        }
        return PartitionResolver.leadership(known, partition.partitionIndex(), scope.brokerId());
    }

    private static Map<Asked, Integer> timesAsked(ListOffsetsRequest request) {
        Map<Asked, Integer> times = new HashMap<>();
        for (ListOffsetsTopic topic : request.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                times.merge(new Asked(topic.name(), partition.partitionIndex()), 1, Integer::sum);
            }
        }
        return times;
    }

    /// What is asked; null when this version has no such question.
    private static @Nullable OffsetQuestion question(long timestamp, short version) {
        if (timestamp >= 0) {
            return new OffsetQuestion.AtOrAfter(timestamp);
        }
        if (timestamp == LATEST) {
            return new OffsetQuestion.Latest();
        }
        if (timestamp == EARLIEST || (timestamp == EARLIEST_LOCAL && version >= 8)) {
            return new OffsetQuestion.Earliest();
        }
        if (timestamp == MAX_TIMESTAMP && version >= 7) {
            return new OffsetQuestion.MaxTimestamp();
        }
        if ((timestamp == LATEST_TIERED && version >= 9) || (timestamp == EARLIEST_PENDING_UPLOAD && version >= 11)) {
            return new OffsetQuestion.InAnotherTier();
        }
        return null;
    }

    private void answer(RequestContext context, ListOffsetsRequest request, List<OffsetResult> results) {
        List<ListOffsetsTopicResponse> topics = new ArrayList<>();
        Iterator<OffsetResult> inOrder = results.iterator();
        for (ListOffsetsTopic topic : request.topics()) {
            List<ListOffsetsPartitionResponse> partitions = new ArrayList<>();
            Set<Integer> answered = new HashSet<>();
            for (ListOffsetsPartition partition : topic.partitions()) {
                OffsetResult result = inOrder.next();
                if (!answered.add(partition.partitionIndex())) {
                    continue;
                }
                partitions.add(new ListOffsetsPartitionResponse(
                        partition.partitionIndex(),
                        result.error().code(),
                        result.timestampMs(),
                        result.offset(),
                        context.apiVersion() >= LOWEST_VERSION_WITH_LEADER_EPOCH ? result.leaderEpoch() : -1));
            }
            topics.add(new ListOffsetsTopicResponse(topic.name(), partitions));
        }
        scope.reply(context, ListOffsetsResponse.DEFAULT.withTopics(topics));
    }

    private static List<OffsetResult> resultsOf(PartitionAnswer answer) {
        if (answer instanceof OffsetsFound(long _, List<OffsetResult> results)) {
            return results;
        }
        throw Invariant.unreachable("an offset lookup was answered something else");
    }
}
