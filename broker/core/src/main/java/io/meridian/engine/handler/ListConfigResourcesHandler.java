package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.ListConfigResourcesRequest;
import io.meridian.protocol.message.ListConfigResourcesResponse;
import io.meridian.protocol.message.ListConfigResourcesResponse.ConfigResource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// ListConfigResources: what there is to configure (KIP-1142). Needs DESCRIBE_CONFIGS on the cluster.
///
/// Version 0 asks for subscriptions to metrics of clients only, of which there are none; from version 1 on the kinds
/// are named, and none means all.
public final class ListConfigResourcesHandler {
    private static final short LOWEST_VERSION_WITH_TYPES = 1;
    private static final List<Byte> TYPES = List.of(
            ConfigResources.TOPIC,
            ConfigResources.BROKER,
            ConfigResources.BROKER_LOGGER,
            ConfigResources.CLIENT_METRICS,
            ConfigResources.GROUP);

    private final NodeScope scope;

    public ListConfigResourcesHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, ListConfigResourcesRequest request) {
        if (!scope.allowsCluster(context, Operation.DESCRIBE_CONFIGS)) {
            refuse(context, ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
            return;
        }
        Set<Byte> types = new LinkedHashSet<>(request.resourceTypes().isEmpty() ? TYPES : request.resourceTypes());
        if (!TYPES.containsAll(types)) {
            refuse(context, ErrorCode.UNSUPPORTED_VERSION);
            return;
        }
        List<ConfigResource> resources = new ArrayList<>();
        if (context.apiVersion() >= LOWEST_VERSION_WITH_TYPES) {
            types.forEach(type -> addAll(resources, type));
        }
        scope.reply(context, ListConfigResourcesResponse.DEFAULT.withConfigResources(resources));
    }

    private void addAll(List<ConfigResource> resources, byte type) {
        switch (type) {
            case ConfigResources.TOPIC -> {
                for (TopicImage topic : scope.image().topics().inNameOrder()) {
                    resources.add(new ConfigResource(topic.name(), type));
                }
            }
            case ConfigResources.BROKER, ConfigResources.BROKER_LOGGER -> {
                for (BrokerImage broker : scope.image().brokers().inIdOrder()) {
                    if (!broker.fenced()) {
                        resources.add(new ConfigResource(Integer.toString(broker.brokerId()), type));
                    }
                }
            }
            default -> {}
        }
    }

    private void refuse(RequestContext context, ErrorCode error) {
        scope.reply(context, ListConfigResourcesResponse.DEFAULT.withErrorCode(error.code()));
    }
}
