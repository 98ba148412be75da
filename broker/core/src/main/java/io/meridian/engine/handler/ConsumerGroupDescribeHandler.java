package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.ConsumerGroupDescribeRequest;
import io.meridian.protocol.message.ConsumerGroupDescribeResponse;
import io.meridian.protocol.message.ConsumerGroupDescribeResponse.DescribedGroup;
import java.util.ArrayList;
import java.util.List;

/// ConsumerGroupDescribe: groups of the newer consumer protocol. There are none, so each is GROUP_ID_NOT_FOUND,
/// upon which tools ask for the group as one of the classic protocol. Needs DESCRIBE on each group.
public final class ConsumerGroupDescribeHandler {
    private final NodeScope scope;

    public ConsumerGroupDescribeHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, ConsumerGroupDescribeRequest request) {
        List<DescribedGroup> groups = new ArrayList<>(request.groupIds().size());
        for (String groupId : request.groupIds()) {
            ErrorCode refusal = GroupAccess.check(scope, context, Operation.DESCRIBE, groupId);
            groups.add(DescribedGroup.DEFAULT
                    .withGroupId(groupId)
                    .withErrorCode((refusal == ErrorCode.NONE ? ErrorCode.GROUP_ID_NOT_FOUND : refusal).code())
                    .withErrorMessage(refusal == ErrorCode.NONE ? "group " + groupId + " not found" : null));
        }
        scope.reply(context, ConsumerGroupDescribeResponse.DEFAULT.withGroups(groups));
    }
}
