package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.Uuid;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ControllerCommand.DeleteTopics;
import io.meridian.engine.metadata.ControllerCommand.TopicReference;
import io.meridian.engine.metadata.ControllerReply;
import io.meridian.engine.metadata.ControllerReply.TopicDeletion;
import io.meridian.engine.metadata.ControllerReply.TopicsDeleted;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.meridian.protocol.message.DeleteTopicsResponse;
import io.meridian.protocol.message.DeleteTopicsResponse.DeletableTopicResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DeleteTopics: by name up to version 5, by name or id from version 6 on. Needs DELETE on each topic; who may not
/// even see a topic asked for by id is told that there is none.
public final class DeleteTopicsHandler {
    private static final short LOWEST_VERSION_WITH_IDS = 6;

    private final NodeScope scope;
    private final ControllerClient controller;

    public DeleteTopicsHandler(NodeScope scope, ControllerClient controller) {
        this.scope = scope;
        this.controller = controller;
    }

    public void handle(RequestContext context, DeleteTopicsRequest request) {
        List<DeletableTopicResult> refused = new ArrayList<>();
        List<TopicReference> allowed = new ArrayList<>();
        for (TopicReference topic : references(context, request)) {
            ErrorCode error = check(context, topic);
            if (error == ErrorCode.NONE) {
                allowed.add(topic);
            } else {
                refused.add(new DeletableTopicResult(topic.name(), topic.topicId(), error.code(), null));
            }
        }
        controller.ask(new DeleteTopics(allowed), reply -> answer(context, refused, reply));
    }

    private static List<TopicReference> references(RequestContext context, DeleteTopicsRequest request) {
        List<TopicReference> references = new ArrayList<>();
        if (context.apiVersion() < LOWEST_VERSION_WITH_IDS) {
            for (String name : request.topicNames()) {
                references.add(new TopicReference(name, Uuid.ZERO));
            }
        } else {
            for (DeleteTopicState topic : request.topics()) {
                references.add(new TopicReference(topic.name(), topic.topicId()));
            }
        }
        return references;
    }

    private ErrorCode check(RequestContext context, TopicReference reference) {
        if (!scope.config().creation().deleteTopics()) {
            return ErrorCode.TOPIC_DELETION_DISABLED;
        }
        @Nullable String name = reference.name();
        if (name != null) {
            return !reference.topicId().isZero()
                    ? ErrorCode.INVALID_REQUEST
                    : scope.allowsTopic(context, Operation.DELETE, name)
                            ? ErrorCode.NONE
                            : ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        TopicImage topic = scope.image().topics().byId(reference.topicId());
        if (topic == null || scope.allowsTopic(context, Operation.DELETE, topic.name())) {
            return ErrorCode.NONE;
        }
        return scope.allowsTopic(context, Operation.DESCRIBE, topic.name())
                ? ErrorCode.TOPIC_AUTHORIZATION_FAILED
                : ErrorCode.UNKNOWN_TOPIC_ID;
    }

    private void answer(RequestContext context, List<DeletableTopicResult> refused, ControllerReply reply) {
        if (!(reply instanceof TopicsDeleted(List<TopicDeletion> deleted))) {
            throw Invariant.unreachable("the controller answered something else");
        }
        List<DeletableTopicResult> results = new ArrayList<>(refused);
        for (TopicDeletion deletion : deleted) {
            results.add(new DeletableTopicResult(
                    deletion.name(), deletion.topicId(), deletion.error().code(), deletion.detail()));
        }
        scope.reply(context, DeleteTopicsResponse.DEFAULT.withResponses(results));
    }
}
