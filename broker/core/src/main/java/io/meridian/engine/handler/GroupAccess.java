package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;

/// What stands before every question about one group.
final class GroupAccess {
    private GroupAccess() {}

    /// NONE or GROUP_AUTHORIZATION_FAILED. The empty name is that of a group without members, for clients that
    /// commit and have no group.
    static ErrorCode check(NodeScope scope, RequestContext context, Operation operation, String groupId) {
        return scope.allowsGroup(context, operation, groupId) ? ErrorCode.NONE : ErrorCode.GROUP_AUTHORIZATION_FAILED;
    }

    /// As above, and INVALID_GROUP_ID for the empty name, for what only members do and for
    /// OffsetDelete.
    static ErrorCode checkMember(NodeScope scope, RequestContext context, Operation operation, String groupId) {
        ErrorCode error = check(scope, context, operation, groupId);
        return error == ErrorCode.NONE && groupId.isEmpty() ? ErrorCode.INVALID_GROUP_ID : error;
    }
}
