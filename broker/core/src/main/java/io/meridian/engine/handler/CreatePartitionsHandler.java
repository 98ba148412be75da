package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ControllerCommand.CreatePartitions;
import io.meridian.engine.metadata.ControllerCommand.MorePartitions;
import io.meridian.engine.metadata.ControllerReply;
import io.meridian.engine.metadata.ControllerReply.PartitionCreation;
import io.meridian.engine.metadata.ControllerReply.PartitionsCreated;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.message.CreatePartitionsRequest;
import io.meridian.protocol.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.meridian.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.meridian.protocol.message.CreatePartitionsResponse;
import io.meridian.protocol.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CreatePartitions: topics get more partitions, each topic on its own. Needs ALTER on the topic.
///
/// Answered when the new partitions serve, or with REQUEST_TIMED_OUT when that takes longer than the request allows,
/// as CreateTopics is.
public final class CreatePartitionsHandler {
    private final NodeScope scope;
    private final ControllerClient controller;

    public CreatePartitionsHandler(NodeScope scope, ControllerClient controller) {
        this.scope = scope;
        this.controller = controller;
    }

    public void handle(RequestContext context, CreatePartitionsRequest request, Now now) {
        List<CreatePartitionsTopicResult> refused = new ArrayList<>();
        List<MorePartitions> wanted = new ArrayList<>();
        for (CreatePartitionsTopic topic : request.topics()) {
            if (scope.allowsTopic(context, Operation.ALTER, topic.name())) {
                wanted.add(new MorePartitions(topic.name(), topic.count(), assignments(topic)));
            } else {
                refused.add(result(topic.name(), ErrorCode.TOPIC_AUTHORIZATION_FAILED, null));
            }
        }
        ServedCreation<PartitionCreation> creation = new ServedCreation<>(
                scope,
                request.timeoutMs(),
                now,
                undecided(wanted),
                topic -> topic.outcome() instanceof Outcome.Accepted<Integer> ? unfinished(topic.name()) : topic,
                topics -> answer(context, refused, topics));
        controller.ask(new CreatePartitions(wanted, request.validateOnly()), reply -> {
            List<PartitionCreation> decisions = decisions(reply);
            creation.decided(decisions, request.validateOnly() ? List.of() : partitions(decisions));
        });
    }

    private static @Nullable List<List<Integer>> assignments(CreatePartitionsTopic topic) {
        List<CreatePartitionsAssignment> assignments = topic.assignments();
        return assignments == null
                ? null
                : assignments.stream()
                        .map(CreatePartitionsAssignment::brokerIds)
                        .toList();
    }

    private static CreatePartitionsTopicResult result(String name, ErrorCode error, @Nullable String detail) {
        return new CreatePartitionsTopicResult(name, error.code(), detail);
    }

    private static List<PartitionCreation> undecided(List<MorePartitions> wanted) {
        return wanted.stream()
                .map(MorePartitions::name)
                .distinct()
                .map(CreatePartitionsHandler::unfinished)
                .toList();
    }

    private static PartitionCreation unfinished(String name) {
        return new PartitionCreation(name, Outcome.rejected(ErrorCode.REQUEST_TIMED_OUT, "creation goes on"));
    }

    private static List<PartitionCreation> decisions(ControllerReply reply) {
        if (reply instanceof PartitionsCreated(List<PartitionCreation> topics)) {
            return topics;
        }
        throw Invariant.unreachable("the controller answered something else");
    }

    private List<TopicIdPartition> partitions(List<PartitionCreation> topics) {
        List<TopicIdPartition> partitions = new ArrayList<>();
        for (PartitionCreation topic : topics) {
            TopicImage image = scope.image().topics().byName(topic.name());
            if (image != null && topic.outcome() instanceof Outcome.Accepted<Integer>(Integer before)) {
                for (int partition = before; partition < image.partitionCount(); partition++) {
                    partitions.add(new TopicIdPartition(image.topicId(), partition));
                }
            }
        }
        return partitions;
    }

    private void answer(
            RequestContext context, List<CreatePartitionsTopicResult> refused, List<PartitionCreation> topics) {
        List<CreatePartitionsTopicResult> results = new ArrayList<>(refused);
        for (PartitionCreation topic : topics) {
            results.add(
                    switch (topic.outcome()) {
                        case Outcome.Accepted<Integer> _ -> result(topic.name(), ErrorCode.NONE, null);
                        case Outcome.Rejected<Integer>(ErrorCode error, String detail) ->
                            result(topic.name(), error, detail);
                    });
        }
        scope.reply(context, CreatePartitionsResponse.DEFAULT.withResults(results));
    }
}
