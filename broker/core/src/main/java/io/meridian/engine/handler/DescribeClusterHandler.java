package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.security.ResourceType;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeClusterRequest;
import io.meridian.protocol.message.DescribeClusterResponse;
import io.meridian.protocol.message.DescribeClusterResponse.DescribeClusterBroker;
import java.util.ArrayList;
import java.util.List;

/// DescribeCluster: the cluster's id and brokers. Needs no right, as Metadata tells the same. Version 1 brings the
/// kind of endpoint, of which this listener has brokers only; version 2 asks for fenced brokers too.
public final class DescribeClusterHandler {
    private static final byte BROKER_ENDPOINTS = 1;

    private final NodeScope scope;

    public DescribeClusterHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, DescribeClusterRequest request) {
        if (request.endpointType() != BROKER_ENDPOINTS) {
            scope.reply(
                    context,
                    DescribeClusterResponse.DEFAULT
                            .withErrorCode(ErrorCode.MISMATCHED_ENDPOINT_TYPE.code())
                            .withErrorMessage("this listener serves brokers, not controllers")
                            .withEndpointType(BROKER_ENDPOINTS));
            return;
        }
        List<DescribeClusterBroker> brokers = new ArrayList<>();
        for (BrokerImage broker : scope.image().brokers().inIdOrder()) {
            if (!broker.fenced() || request.includeFencedBrokers()) {
                brokers.add(new DescribeClusterBroker(
                        broker.brokerId(), broker.host(), broker.port(), broker.rack(), broker.fenced()));
            }
        }
        scope.reply(
                context,
                DescribeClusterResponse.DEFAULT
                        .withEndpointType(BROKER_ENDPOINTS)
                        .withClusterId(scope.image().clusterId())
                        .withControllerId(scope.brokerId())
                        .withBrokers(brokers)
                        .withClusterAuthorizedOperations(
                                request.includeClusterAuthorizedOperations()
                                        ? scope.allowedOperations(
                                                context, ResourceType.CLUSTER, ResourceType.CLUSTER_NAME)
                                        : NodeScope.OPERATIONS_NOT_ASKED));
    }
}
