package io.meridian.engine.handler;

import io.meridian.base.Uuid;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ControllerCommand;
import io.meridian.engine.metadata.ControllerReply;
import io.meridian.engine.metadata.ControllerReply.CreatedTopic;
import io.meridian.engine.metadata.ControllerReply.TopicCreation;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.BrokersImage;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.engine.security.ResourceType;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.meridian.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.meridian.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Metadata: brokers, and topics with their leaders. Needs DESCRIBE on each topic.
///
/// A topic that is named twice is told once: a few bytes must not ask for all its partitions again and again.
///
/// Topics null means all (version 0 says so with an empty list), empty means none. A topic that the principal may
/// not see is TOPIC_AUTHORIZATION_FAILED when named, absent when all are asked for, and unknown when asked for by
/// id. A named topic that does not exist is created when the request, the broker and the rights allow it; the
/// client is told to come back, as its partitions are not led yet.
public final class MetadataHandler {
    private static final short LOWEST_VERSION_WITH_NONE = 1;
    private static final short LOWEST_VERSION_WITHOUT_NAMES = 12;
    private static final short LOWEST_VERSION_WITH_AUTO_CREATION_FLAG = 4;

    /// What is said of a topic to everybody, as long as the images that it was made of count.
    private record Known(TopicImage topic, BrokersImage brokers, MetadataResponseTopic description) {}

    private final NodeScope scope;
    private final ControllerClient controller;
    private final Map<Uuid, Known> known = new HashMap<>();

    public MetadataHandler(NodeScope scope, ControllerClient controller) {
        this.scope = scope;
        this.controller = controller;
    }

    public void handle(RequestContext context, MetadataRequest request) {
        List<MetadataRequestTopic> asked = request.topics();
        boolean all = asked == null || (asked.isEmpty() && context.apiVersion() < LOWEST_VERSION_WITH_NONE);
        if (all || asked == null) {
            scope.reply(context, response(context, request, allTopics(context, request)));
            return;
        }
        Set<String> missing = creatable(context, request, asked);
        if (missing.isEmpty()) {
            scope.reply(context, response(context, request, askedTopics(context, request, asked, new TreeMap<>())));
            return;
        }
        controller.ask(new ControllerCommand.AutoCreateTopics(List.copyOf(missing)), reply -> {
            Map<String, ErrorCode> refusals = refusals(reply);
            scope.reply(context, response(context, request, askedTopics(context, request, asked, refusals)));
        });
    }

    /// Why topics could not be created, by name.
    private static Map<String, ErrorCode> refusals(ControllerReply reply) {
        Map<String, ErrorCode> refusals = new TreeMap<>();
        if (reply instanceof ControllerReply.TopicsCreated(List<TopicCreation> topics)) {
            for (TopicCreation topic : topics) {
                if (topic.outcome() instanceof Outcome.Rejected<CreatedTopic>(ErrorCode error, String _)) {
                    refusals.put(topic.name(), error);
                }
            }
        }
        return refusals;
    }

    private Set<String> creatable(RequestContext context, MetadataRequest request, List<MetadataRequestTopic> asked) {
        Set<String> names = new LinkedHashSet<>();
        boolean allowed = scope.config().creation().autoCreateTopics()
                && (request.allowAutoTopicCreation() || context.apiVersion() < LOWEST_VERSION_WITH_AUTO_CREATION_FLAG);
        if (!allowed) {
            return names;
        }
        for (MetadataRequestTopic topic : asked) {
            String name = askedName(topic);
            if (name != null
                    && scope.image().topics().byName(name) == null
                    && TopicNameRule.refusal(name) == null
                    && scope.allowsTopic(context, Operation.DESCRIBE, name)
                    && (scope.allowsCluster(context, Operation.CREATE)
                            || scope.allowsTopic(context, Operation.CREATE, name))) {
                names.add(name);
            }
        }
        return names;
    }

    private List<MetadataResponseTopic> allTopics(RequestContext context, MetadataRequest request) {
        List<MetadataResponseTopic> topics = new ArrayList<>();
        for (TopicImage topic : scope.image().topics().inNameOrder()) {
            if (scope.allowsTopic(context, Operation.DESCRIBE, topic.name())) {
                topics.add(known(context, request, topic));
            }
        }
        return topics;
    }

    private List<MetadataResponseTopic> askedTopics(
            RequestContext context,
            MetadataRequest request,
            List<MetadataRequestTopic> asked,
            Map<String, ErrorCode> refusals) {
        List<MetadataResponseTopic> topics = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (MetadataRequestTopic each : asked) {
            String name = askedName(each);
            if (seen.add(name == null ? each.topicId() : name)) {
                topics.add(asked(context, request, each, refusals));
            }
        }
        return topics;
    }

    private MetadataResponseTopic asked(
            RequestContext context,
            MetadataRequest request,
            MetadataRequestTopic asked,
            Map<String, ErrorCode> refusals) {
        @Nullable String name = askedName(asked);
        TopicImage topic =
                PartitionResolver.topic(scope.image(), name == null, name == null ? "" : name, asked.topicId());
        if (topic != null) {
            if (scope.allowsTopic(context, Operation.DESCRIBE, topic.name())) {
                return known(context, request, topic);
            }
            return name == null
                    ? unknownId(context, asked.topicId())
                    : unknown(name, Uuid.ZERO, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        }
        if (name == null) {
            return unknownId(context, asked.topicId());
        }
        if (!scope.allowsTopic(context, Operation.DESCRIBE, name)) {
            return unknown(name, Uuid.ZERO, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        }
        if (TopicNameRule.refusal(name) != null) {
            return unknown(name, Uuid.ZERO, ErrorCode.INVALID_TOPIC_EXCEPTION);
        }
        return unknown(name, Uuid.ZERO, refusals.getOrDefault(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    }

    /// The name to look for, null when the topic is asked for by id. The stock client sends an empty name with an
    /// id.
    private static @Nullable String askedName(MetadataRequestTopic asked) {
        return asked.topicId().equals(Uuid.ZERO) ? asked.name() : null;
    }

    /// Before version 12 a topic without a name cannot be told.
    private static MetadataResponseTopic unknownId(RequestContext context, Uuid topicId) {
        @Nullable String name = context.apiVersion() < LOWEST_VERSION_WITHOUT_NAMES ? "" : null;
        return unknown(name, topicId, ErrorCode.UNKNOWN_TOPIC_ID);
    }

    private static MetadataResponseTopic unknown(@Nullable String name, Uuid topicId, ErrorCode error) {
        return MetadataResponseTopic.DEFAULT.withName(name).withTopicId(topicId).withErrorCode(error.code());
    }

    private MetadataResponseTopic known(RequestContext context, MetadataRequest request, TopicImage topic) {
        MetadataResponseTopic description = description(topic);
        return request.includeTopicAuthorizedOperations()
                ? description.withTopicAuthorizedOperations(
                        scope.allowedOperations(context, ResourceType.TOPIC, topic.name()))
                : description;
    }

    /// Clients ask again and again for what seldom changes, and a topic may have thousands of partitions: what was
    /// said of a topic is kept, for no more topics than there are.
    @SuppressWarnings("ReferenceEquality") // An image that changed is another object; comparing all of it costs more.
    private MetadataResponseTopic description(TopicImage topic) {
        MetadataImage image = scope.image();
        Known before = known.get(topic.topicId());
        if (before != null && before.topic() == topic && before.brokers() == image.brokers()) {
            return before.description();
        }
        if (known.size() >= image.topics().size()) {
            known.clear();
        }
        MetadataResponseTopic description = described(image, topic);
        known.put(topic.topicId(), new Known(topic, image.brokers(), description));
        return description;
    }

    private static MetadataResponseTopic described(MetadataImage image, TopicImage topic) {
        List<MetadataResponsePartition> partitions = new ArrayList<>(topic.partitionCount());
        for (PartitionImage partition : topic.partitions()) {
            partitions.add(new MetadataResponsePartition(
                    TopicDescriptions.error(partition).code(),
                    partition.partition(),
                    partition.leader(),
                    partition.leaderEpoch(),
                    partition.replicas(),
                    partition.isr(),
                    TopicDescriptions.offlineReplicas(image, partition)));
        }
        return new MetadataResponseTopic(
                ErrorCode.NONE.code(),
                topic.name(),
                topic.topicId(),
                TopicNameRule.isInternal(topic.name()),
                List.copyOf(partitions),
                NodeScope.OPERATIONS_NOT_ASKED);
    }

    private MetadataResponse response(
            RequestContext context, MetadataRequest request, List<MetadataResponseTopic> topics) {
        MetadataImage image = scope.image();
        List<MetadataResponseBroker> brokers = new ArrayList<>();
        for (BrokerImage broker : image.brokers().inIdOrder()) {
            if (!broker.fenced()) {
                brokers.add(new MetadataResponseBroker(broker.brokerId(), broker.host(), broker.port(), broker.rack()));
            }
        }
        return MetadataResponse.DEFAULT
                .withBrokers(brokers)
                .withClusterId(image.clusterId())
                .withControllerId(scope.brokerId())
                .withTopics(topics)
                .withClusterAuthorizedOperations(
                        request.includeClusterAuthorizedOperations()
                                ? scope.allowedOperations(context, ResourceType.CLUSTER, ResourceType.CLUSTER_NAME)
                                : NodeScope.OPERATIONS_NOT_ASKED);
    }
}
