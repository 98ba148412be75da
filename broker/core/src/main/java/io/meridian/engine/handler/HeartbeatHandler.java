package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.HeartbeatResponse;

/// Heartbeat: a member says that it is alive, and hears of rebalances. Needs READ on the group.
///
/// While the coordinator loads, members need not worry: that is answered with no error.
public final class HeartbeatHandler {
    private final NodeScope scope;
    private final GroupClient groups;

    public HeartbeatHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, HeartbeatRequest request) {
        ErrorCode refusal = GroupAccess.checkMember(scope, context, Operation.READ, request.groupId());
        if (refusal != ErrorCode.NONE) {
            scope.reply(context, refused(refusal));
            return;
        }
        groups.ask(
                request.groupId(),
                new GroupQuestion.Beat(request),
                outcome -> scope.reply(
                        context, GroupClient.valueOf(outcome, HeartbeatResponse.class, HeartbeatHandler::refused)));
    }

    private static HeartbeatResponse refused(ErrorCode error) {
        ErrorCode said = error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS ? ErrorCode.NONE : error;
        return HeartbeatResponse.DEFAULT.withErrorCode(said.code());
    }
}
