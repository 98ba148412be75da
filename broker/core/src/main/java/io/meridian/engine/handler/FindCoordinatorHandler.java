package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ControllerCommand.ConfigValue;
import io.meridian.engine.metadata.ControllerCommand.CreateTopics;
import io.meridian.engine.metadata.ControllerCommand.NewTopic;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.FindCoordinatorRequest;
import io.meridian.protocol.message.FindCoordinatorResponse;
import io.meridian.protocol.message.FindCoordinatorResponse.Coordinator;
import io.meridian.settings.GroupConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// FindCoordinator: which broker runs a group. Needs DESCRIBE on the group.
///
/// The first question creates the topic of committed offsets and is answered when that is there. Other kinds of
/// coordinators do not exist here: asking for one is INVALID_REQUEST.
public final class FindCoordinatorHandler {
    private static final short LOWEST_VERSION_WITH_LISTS = 4;
    private static final byte GROUP = 0;
    private static final int NO_NODE = -1;

    private final NodeScope scope;
    private final ControllerClient controller;
    private final GroupClient groups;

    public FindCoordinatorHandler(NodeScope scope, ControllerClient controller, GroupClient groups) {
        this.scope = scope;
        this.controller = controller;
        this.groups = groups;
    }

    public void handle(RequestContext context, FindCoordinatorRequest request) {
        if (request.keyType() == GROUP && groups.offsetsTopic() == null) {
            List<NewTopic> topics = List.of(offsetsTopic());
            controller.ask(new CreateTopics(topics, false), _ -> answer(context, request));
        } else {
            answer(context, request);
        }
    }

    private NewTopic offsetsTopic() {
        GroupConfig config = scope.config().groups();
        int brokers = 0;
        for (BrokerImage broker : scope.image().brokers().inIdOrder()) {
            brokers += broker.fenced() ? 0 : 1;
        }
        int replicationFactor = Math.max(1, Math.min(config.offsetsTopicReplicationFactor(), brokers));
        return new NewTopic(
                TopicNameRule.CONSUMER_OFFSETS,
                config.offsetsTopicPartitions(),
                replicationFactor,
                List.of(),
                List.of(
                        new ConfigValue("cleanup.policy", "compact"),
                        new ConfigValue("compression.type", "producer"),
                        new ConfigValue("segment.bytes", Integer.toString(config.offsetsTopicSegmentBytes()))));
    }

    private void answer(RequestContext context, FindCoordinatorRequest request) {
        if (context.apiVersion() >= LOWEST_VERSION_WITH_LISTS) {
            List<Coordinator> coordinators = new ArrayList<>();
            for (String key : request.coordinatorKeys()) {
                coordinators.add(find(context, request.keyType(), key));
            }
            scope.reply(context, FindCoordinatorResponse.DEFAULT.withCoordinators(coordinators));
            return;
        }
        Coordinator found = find(context, request.keyType(), request.key());
        scope.reply(
                context,
                FindCoordinatorResponse.DEFAULT
                        .withErrorCode(found.errorCode())
                        .withErrorMessage(found.errorMessage())
                        .withNodeId(found.nodeId())
                        .withHost(found.host())
                        .withPort(found.port()));
    }

    private Coordinator find(RequestContext context, byte keyType, String key) {
        if (keyType != GROUP) {
            return refusal(key, ErrorCode.INVALID_REQUEST, "coordinator type " + keyType + ": expected 0, a group");
        }
        if (!scope.allowsGroup(context, Operation.DESCRIBE, key)) {
            return refusal(key, ErrorCode.GROUP_AUTHORIZATION_FAILED, null);
        }
        TopicImage topic = groups.offsetsTopic();
        PartitionImage partition =
                topic == null ? null : topic.partition(GroupClient.partitionOf(key, topic.partitionCount()));
        BrokerImage broker = partition == null ? null : scope.image().brokers().broker(partition.leader());
        if (broker == null || broker.fenced()) {
            return refusal(key, ErrorCode.COORDINATOR_NOT_AVAILABLE, null);
        }
        return new Coordinator(
                key, broker.brokerId(), broker.host(), broker.port(), ErrorCode.NONE.code(), ErrorCode.NONE.name());
    }

    private static Coordinator refusal(String key, ErrorCode error, @Nullable String detail) {
        return new Coordinator(key, NO_NODE, "", NO_NODE, error.code(), detail == null ? error.meaning() : detail);
    }
}
