package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupResponse;

/// SyncGroup: fetch one's assignment; the leader brings those of all. Needs READ on the group.
///
/// Since version 5 a member names the protocol it believes the group has; without it it cannot have joined.
public final class SyncGroupHandler {
    private static final short LOWEST_VERSION_WITH_PROTOCOL = 5;

    private final NodeScope scope;
    private final GroupClient groups;

    public SyncGroupHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, SyncGroupRequest request) {
        boolean lacksProtocol = context.apiVersion() >= LOWEST_VERSION_WITH_PROTOCOL
                && (request.protocolType() == null || request.protocolName() == null);
        ErrorCode refusal = lacksProtocol
                ? ErrorCode.INCONSISTENT_GROUP_PROTOCOL
                : GroupAccess.checkMember(scope, context, Operation.READ, request.groupId());
        if (refusal != ErrorCode.NONE) {
            scope.reply(context, refused(refusal));
            return;
        }
        groups.ask(
                request.groupId(),
                new GroupQuestion.Sync(request),
                outcome -> scope.reply(
                        context, GroupClient.valueOf(outcome, SyncGroupResponse.class, SyncGroupHandler::refused)));
    }

    private static SyncGroupResponse refused(ErrorCode error) {
        return SyncGroupResponse.DEFAULT.withErrorCode(error.code());
    }
}
