package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.OffsetDeleteRequest;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.meridian.protocol.message.OffsetDeleteResponse;
import io.meridian.protocol.message.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.meridian.protocol.message.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OffsetDelete: forget what a group has committed for some partitions. Needs DELETE on the group and READ on each
/// topic. Offsets of topics that members read stay.
public final class OffsetDeleteHandler {
    private final NodeScope scope;
    private final GroupClient groups;

    public OffsetDeleteHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, OffsetDeleteRequest request) {
        ErrorCode refusal = GroupAccess.checkMember(scope, context, Operation.DELETE, request.groupId());
        if (refusal != ErrorCode.NONE) {
            scope.reply(context, refused(refusal));
            return;
        }
        List<OffsetDeleteResponseTopic> refused = new ArrayList<>();
        List<OffsetDeleteRequestTopic> allowed = new ArrayList<>();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            sort(context, topic, allowed, refused);
        }
        groups.ask(
                request.groupId(),
                new GroupQuestion.DeleteOffsets(request.groupId(), allowed),
                outcome -> answer(
                        context,
                        GroupClient.valueOf(outcome, OffsetDeleteResponse.class, OffsetDeleteHandler::refused),
                        refused));
    }

    private void sort(
            RequestContext context,
            OffsetDeleteRequestTopic topic,
            List<OffsetDeleteRequestTopic> allowed,
            List<OffsetDeleteResponseTopic> refused) {
        TopicImage known = scope.image().topics().byName(topic.name());
        boolean mayRead = scope.allowsTopic(context, Operation.READ, topic.name());
        List<OffsetDeleteRequestPartition> good = new ArrayList<>();
        List<OffsetDeleteResponsePartition> bad = new ArrayList<>();
        for (OffsetDeleteRequestPartition partition : topic.partitions()) {
            ErrorCode error = mayRead ? existence(known, partition) : ErrorCode.TOPIC_AUTHORIZATION_FAILED;
            if (error == ErrorCode.NONE) {
                good.add(partition);
            } else {
                bad.add(new OffsetDeleteResponsePartition(partition.partitionIndex(), error.code()));
            }
        }
        if (!good.isEmpty()) {
            allowed.add(new OffsetDeleteRequestTopic(topic.name(), good));
        }
        if (!bad.isEmpty()) {
            refused.add(new OffsetDeleteResponseTopic(topic.name(), bad));
        }
    }

    private static ErrorCode existence(@Nullable TopicImage topic, OffsetDeleteRequestPartition partition) {
        return topic == null || topic.partition(partition.partitionIndex()) == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.NONE;
    }

    /// A topic of which only some partitions are there is answered in one piece.
    private void answer(
            RequestContext context, OffsetDeleteResponse response, List<OffsetDeleteResponseTopic> refused) {
        if (response.errorCode() != ErrorCode.NONE.code()) {
            scope.reply(context, response);
            return;
        }
        List<OffsetDeleteResponseTopic> topics = new ArrayList<>(refused);
        for (OffsetDeleteResponseTopic done : response.topics()) {
            List<OffsetDeleteResponsePartition> partitions = new ArrayList<>(done.partitions());
            topics.removeIf(topic -> topic.name().equals(done.name()) && partitions.addAll(topic.partitions()));
            topics.add(new OffsetDeleteResponseTopic(done.name(), partitions));
        }
        scope.reply(context, response.withTopics(topics));
    }

    private static OffsetDeleteResponse refused(ErrorCode error) {
        return OffsetDeleteResponse.DEFAULT.withErrorCode(error.code());
    }
}
