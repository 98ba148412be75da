package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.JoinGroupResponse;

/// JoinGroup: become a member, or come back for the next generation. Needs READ on the group. Answered when the
/// generation begins.
public final class JoinGroupHandler {
    private static final short LOWEST_VERSION_WITH_REBALANCE_TIMEOUT = 1;
    private static final short LOWEST_VERSION_WITH_KNOWN_MEMBERS = 4;
    private static final short LOWEST_VERSION_WITHOUT_PROTOCOL = 7;
    private static final short LOWEST_VERSION_WITH_SKIPPED_ASSIGNMENT = 9;

    private final NodeScope scope;
    private final GroupClient groups;

    public JoinGroupHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, JoinGroupRequest request) {
        ErrorCode refusal = GroupAccess.checkMember(scope, context, Operation.READ, request.groupId());
        if (refusal != ErrorCode.NONE) {
            answer(context, refused(request, refusal));
            return;
        }
        String clientId = context.clientId();
        GroupQuestion question = new GroupQuestion.Join(
                context.apiVersion() >= LOWEST_VERSION_WITH_REBALANCE_TIMEOUT
                        ? request
                        : request.withRebalanceTimeoutMs(request.sessionTimeoutMs()),
                clientId == null ? "" : clientId,
                context.clientHost(),
                context.apiVersion() >= LOWEST_VERSION_WITH_KNOWN_MEMBERS,
                context.apiVersion() >= LOWEST_VERSION_WITH_SKIPPED_ASSIGNMENT);
        groups.ask(
                request.groupId(),
                question,
                outcome -> answer(
                        context,
                        GroupClient.valueOf(outcome, JoinGroupResponse.class, error -> refused(request, error))));
    }

    private static JoinGroupResponse refused(JoinGroupRequest request, ErrorCode error) {
        return JoinGroupResponse.DEFAULT.withErrorCode(error.code()).withMemberId(request.memberId());
    }

    /// Old versions have no way to say that there is no protocol.
    private void answer(RequestContext context, JoinGroupResponse response) {
        boolean mustName = context.apiVersion() < LOWEST_VERSION_WITHOUT_PROTOCOL;
        boolean namesNone = response.protocolName() == null || response.errorCode() != ErrorCode.NONE.code();
        scope.reply(context, namesNone ? response.withProtocolName(mustName ? "" : null) : response);
    }
}
