package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;

/// What stands before every question about one group.
final class GroupAccess {
    private GroupAccess() {}

    /// NONE, GROUP_AUTHORIZATION_FAILED, or INVALID_GROUP_ID for a group that has no name.
    static ErrorCode refusal(NodeScope scope, RequestContext context, Operation operation, String groupId) {
        if (!scope.allowsGroup(context, operation, groupId)) {
            return ErrorCode.GROUP_AUTHORIZATION_FAILED;
        }
        return groupId.isEmpty() ? ErrorCode.INVALID_GROUP_ID : ErrorCode.NONE;
    }
}
