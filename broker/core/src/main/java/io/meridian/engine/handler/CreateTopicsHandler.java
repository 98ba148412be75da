package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.base.Uuid;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ControllerCommand.Assignment;
import io.meridian.engine.metadata.ControllerCommand.ConfigValue;
import io.meridian.engine.metadata.ControllerCommand.CreateTopics;
import io.meridian.engine.metadata.ControllerCommand.NewTopic;
import io.meridian.engine.metadata.ControllerReply;
import io.meridian.engine.metadata.ControllerReply.CreatedTopic;
import io.meridian.engine.metadata.ControllerReply.TopicCreation;
import io.meridian.engine.metadata.ControllerReply.TopicsCreated;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.meridian.protocol.message.CreateTopicsResponse;
import io.meridian.protocol.message.CreateTopicsResponse.CreatableTopicConfigs;
import io.meridian.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.meridian.settings.EffectiveTopicConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CreateTopics: each topic on its own, the good ones are created whatever the others are. Needs CREATE on the
/// cluster or on the topic; the configuration in the response needs DESCRIBE_CONFIGS on the topic.
///
/// Answered when the new partitions serve, so that a client may write to them at once. What takes longer than the
/// request allows is answered REQUEST_TIMED_OUT and goes on.
public final class CreateTopicsHandler {
    private final NodeScope scope;
    private final ControllerClient controller;

    public CreateTopicsHandler(NodeScope scope, ControllerClient controller) {
        this.scope = scope;
        this.controller = controller;
    }

    public void handle(RequestContext context, CreateTopicsRequest request, Now now) {
        List<CreatableTopicResult> refused = new ArrayList<>();
        List<NewTopic> wanted = new ArrayList<>();
        for (CreatableTopic topic : request.topics()) {
            if (scope.allowsCluster(context, Operation.CREATE)
                    || scope.allowsTopic(context, Operation.CREATE, topic.name())) {
                wanted.add(wanted(topic));
            } else {
                refused.add(refusal(topic.name(), ErrorCode.TOPIC_AUTHORIZATION_FAILED, null));
            }
        }
        ServedCreation<TopicCreation> creation = new ServedCreation<>(
                scope,
                request.timeoutMs(),
                now,
                undecided(wanted),
                topic -> topic.outcome() instanceof Outcome.Accepted<CreatedTopic> ? unfinished(topic.name()) : topic,
                topics -> answer(context, refused, topics));
        controller.ask(new CreateTopics(wanted, request.validateOnly()), reply -> {
            List<TopicCreation> decisions = decisions(reply);
            creation.decided(decisions, request.validateOnly() ? List.of() : partitions(decisions));
        });
    }

    private static List<TopicCreation> undecided(List<NewTopic> wanted) {
        return wanted.stream()
                .map(NewTopic::name)
                .distinct()
                .map(CreateTopicsHandler::unfinished)
                .toList();
    }

    private static TopicCreation unfinished(String name) {
        return new TopicCreation(name, Outcome.rejected(ErrorCode.REQUEST_TIMED_OUT, "creation goes on"));
    }

    private static List<TopicCreation> decisions(ControllerReply reply) {
        if (reply instanceof TopicsCreated(List<TopicCreation> topics)) {
            return topics;
        }
        throw Invariant.unreachable("the controller answered something else");
    }

    private static List<TopicIdPartition> partitions(List<TopicCreation> topics) {
        List<TopicIdPartition> partitions = new ArrayList<>();
        for (TopicCreation topic : topics) {
            if (topic.outcome() instanceof Outcome.Accepted<CreatedTopic>(CreatedTopic created)) {
                for (int partition = 0; partition < created.partitions(); partition++) {
                    partitions.add(new TopicIdPartition(created.topicId(), partition));
                }
            }
        }
        return partitions;
    }

    private void answer(RequestContext context, List<CreatableTopicResult> refused, List<TopicCreation> topics) {
        List<CreatableTopicResult> results = new ArrayList<>(refused);
        for (TopicCreation creation : topics) {
            results.add(
                    switch (creation.outcome()) {
                        case Outcome.Accepted<CreatedTopic>(CreatedTopic topic) ->
                            result(context, creation.name(), topic);
                        case Outcome.Rejected<CreatedTopic>(ErrorCode error, String detail) ->
                            refusal(creation.name(), error, detail);
                    });
        }
        scope.reply(context, CreateTopicsResponse.DEFAULT.withTopics(results));
    }

    private CreatableTopicResult result(RequestContext context, String name, CreatedTopic topic) {
        if (!scope.allowsTopic(context, Operation.DESCRIBE_CONFIGS, name)) {
            return CreatableTopicResult.DEFAULT
                    .withName(name)
                    .withTopicId(topic.topicId())
                    .withTopicConfigErrorCode(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
        }
        return new CreatableTopicResult(
                name,
                topic.topicId(),
                ErrorCode.NONE.code(),
                null,
                ErrorCode.NONE.code(),
                topic.partitions(),
                (short) topic.replicationFactor(),
                configs(topic));
    }

    private List<CreatableTopicConfigs> configs(CreatedTopic topic) {
        EffectiveTopicConfig config = new EffectiveTopicConfig(topic.configs(), scope.brokerConfig());
        List<CreatableTopicConfigs> configs = new ArrayList<>();
        for (EffectiveTopicConfig.Entry entry : config.entries()) {
            configs.add(new CreatableTopicConfigs(
                    entry.setting().name(),
                    entry.text(),
                    false,
                    (byte) entry.source().id(),
                    false));
        }
        return configs;
    }

    private static NewTopic wanted(CreatableTopic topic) {
        List<Assignment> assignments = topic.assignments().stream()
                .map(assignment -> new Assignment(assignment.partitionIndex(), assignment.brokerIds()))
                .toList();
        List<ConfigValue> configs = topic.configs().stream()
                .map(config -> new ConfigValue(config.name(), config.value()))
                .toList();
        return new NewTopic(topic.name(), topic.numPartitions(), topic.replicationFactor(), assignments, configs);
    }

    private static CreatableTopicResult refusal(String name, ErrorCode error, @Nullable String detail) {
        return CreatableTopicResult.DEFAULT
                .withName(name)
                .withTopicId(Uuid.ZERO)
                .withErrorCode(error.code())
                .withErrorMessage(detail);
    }
}
