package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.LeaveGroupRequest;
import io.meridian.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.meridian.protocol.message.LeaveGroupResponse;
import java.util.List;

/// LeaveGroup: members go, or an administrator removes them. Needs READ on the group.
public final class LeaveGroupHandler {
    private static final short LOWEST_VERSION_WITH_MEMBERS = 3;

    private final NodeScope scope;
    private final GroupClient groups;

    public LeaveGroupHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, LeaveGroupRequest request) {
        ErrorCode refusal = GroupAccess.checkMember(scope, context, Operation.READ, request.groupId());
        if (refusal != ErrorCode.NONE) {
            scope.reply(context, refused(refusal));
            return;
        }
        List<MemberIdentity> members = context.apiVersion() >= LOWEST_VERSION_WITH_MEMBERS
                ? request.members()
                : List.of(new MemberIdentity(request.memberId(), null, null));
        groups.ask(
                request.groupId(),
                new GroupQuestion.Leave(request.groupId(), members),
                outcome -> answer(
                        context, GroupClient.valueOf(outcome, LeaveGroupResponse.class, LeaveGroupHandler::refused)));
    }

    /// Old versions know one member only, whose error is that of the whole.
    private void answer(RequestContext context, LeaveGroupResponse response) {
        boolean isOfOne = context.apiVersion() < LOWEST_VERSION_WITH_MEMBERS
                && !response.members().isEmpty();
        scope.reply(
                context,
                isOfOne
                        ? response.withErrorCode(response.members().getFirst().errorCode())
                                .withMembers(List.of())
                        : response);
    }

    private static LeaveGroupResponse refused(ErrorCode error) {
        return LeaveGroupResponse.DEFAULT.withErrorCode(error.code());
    }
}
