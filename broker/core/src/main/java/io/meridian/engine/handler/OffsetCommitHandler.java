package io.meridian.engine.handler;

import io.meridian.base.Uuid;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.group.GroupQuestion.NewOffset;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.message.OffsetCommitRequest;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.meridian.protocol.message.OffsetCommitResponse;
import io.meridian.protocol.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.meridian.protocol.message.OffsetCommitResponse.OffsetCommitResponseTopic;
import io.meridian.protocol.wire.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OffsetCommit: keep how far a group has read. Needs READ on the group and on each topic.
///
/// Partitions that are not there or not allowed are refused one by one; the others are committed. Since version 10
/// topics are named by their ids. Before version 9 a group that is not there is one in another generation.
public final class OffsetCommitHandler {
    private static final short LOWEST_VERSION_WITH_MISSING_GROUPS = 9;
    private static final short LOWEST_VERSION_WITH_TOPIC_IDS = 10;
    private static final long NO_RETENTION = -1L;

    private final NodeScope scope;
    private final GroupClient groups;

    public OffsetCommitHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, OffsetCommitRequest request) {
        boolean isAllowed = scope.allowsGroup(context, Operation.READ, request.groupId());
        List<ErrorCode> refusals = new ArrayList<>();
        List<NewOffset> offsets = new ArrayList<>();
        boolean byId = context.apiVersion() >= LOWEST_VERSION_WITH_TOPIC_IDS;
        for (OffsetCommitRequestTopic topic : request.topics()) {
            TopicImage known = PartitionResolver.topic(scope.image(), byId, topic.name(), topic.topicId());
            ErrorCode error = isAllowed ? check(context, byId, topic, known) : ErrorCode.GROUP_AUTHORIZATION_FAILED;
            for (OffsetCommitRequestPartition partition : topic.partitions()) {
                boolean isMissing = known != null && known.partition(partition.partitionIndex()) == null;
                ErrorCode refusal = error == ErrorCode.NONE && isMissing ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : error;
                refusals.add(refusal);
                if (refusal == ErrorCode.NONE && known != null) {
                    offsets.add(offset(known, partition));
                }
            }
        }
        if (offsets.isEmpty()) {
            scope.reply(context, response(request, refusals, List.of()));
            return;
        }
        GroupQuestion question = new GroupQuestion.CommitOffsets(
                request.groupId(),
                request.memberId(),
                request.groupInstanceId(),
                request.generationIdOrMemberEpoch(),
                Math.max(NO_RETENTION, request.retentionTimeMs()),
                offsets);
        groups.ask(
                request.groupId(),
                question,
                outcome -> scope.reply(context, response(request, refusals, errors(context, outcome, offsets.size()))));
    }

    private static NewOffset offset(TopicImage topic, OffsetCommitRequestPartition partition) {
        return new NewOffset(
                topic.name(),
                topic.topicId(),
                partition.partitionIndex(),
                partition.committedOffset(),
                partition.committedLeaderEpoch(),
                partition.committedMetadata());
    }

    private ErrorCode check(
            RequestContext context, boolean byId, OffsetCommitRequestTopic topic, @Nullable TopicImage known) {
        String name = known == null ? topic.name() : known.name();
        boolean isHidden = known == null && byId;
        if (!isHidden && !scope.allowsTopic(context, Operation.READ, name)) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        return known == null ? PartitionResolver.unknownTopic(byId) : ErrorCode.NONE;
    }

    /// The coordinator's error for each offset, in the order they were asked in.
    private static List<Short> errors(RequestContext context, Outcome<Message> outcome, int offsetCount) {
        List<Short> errors = new ArrayList<>(offsetCount);
        switch (outcome) {
            case Outcome.Accepted<Message>(Message message) -> {
                for (OffsetCommitResponseTopic topic : ((OffsetCommitResponse) message).topics()) {
                    topic.partitions().forEach(partition -> errors.add(spelt(context, partition.errorCode())));
                }
            }
            case Outcome.Rejected<Message>(ErrorCode error, var _) -> {
                for (int offset = 0; offset < offsetCount; offset++) {
                    errors.add(error.code());
                }
            }
        }
        return errors;
    }

    private static short spelt(RequestContext context, short error) {
        boolean isUnknownThen = error == ErrorCode.GROUP_ID_NOT_FOUND.code()
                && context.apiVersion() < LOWEST_VERSION_WITH_MISSING_GROUPS;
        return isUnknownThen ? ErrorCode.ILLEGAL_GENERATION.code() : error;
    }

    private static OffsetCommitResponse response(
            OffsetCommitRequest request, List<ErrorCode> refusals, List<Short> errors) {
        Iterator<Short> answered = errors.iterator();
        Iterator<ErrorCode> refused = refusals.iterator();
        List<OffsetCommitResponseTopic> topics =
                new ArrayList<>(request.topics().size());
        for (OffsetCommitRequestTopic topic : request.topics()) {
            List<OffsetCommitResponsePartition> partitions =
                    new ArrayList<>(topic.partitions().size());
            for (OffsetCommitRequestPartition partition : topic.partitions()) {
                ErrorCode refusal = refused.next();
                short error = refusal == ErrorCode.NONE ? answered.next() : refusal.code();
                partitions.add(new OffsetCommitResponsePartition(partition.partitionIndex(), error));
            }
            Uuid topicId = topic.topicId();
            topics.add(new OffsetCommitResponseTopic(topic.name(), topicId, partitions));
        }
        return OffsetCommitResponse.DEFAULT.withTopics(topics);
    }
}
