package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.ListPartitionReassignmentsRequest;
import io.meridian.protocol.message.ListPartitionReassignmentsResponse;

/// ListPartitionReassignments: partitions whose replicas are moving. Needs DESCRIBE on the cluster. Nothing moves here
/// yet, so there are none, whatever is asked about.
public final class ListPartitionReassignmentsHandler {
    private final NodeScope scope;

    public ListPartitionReassignmentsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, ListPartitionReassignmentsRequest request) {
        ErrorCode error = scope.allowsCluster(context, Operation.DESCRIBE)
                ? ErrorCode.NONE
                : ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        scope.reply(context, ListPartitionReassignmentsResponse.DEFAULT.withErrorCode(error.code()));
    }
}
