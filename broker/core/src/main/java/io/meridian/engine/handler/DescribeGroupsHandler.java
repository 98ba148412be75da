package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.security.Operation;
import io.meridian.engine.security.ResourceType;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeGroupsRequest;
import io.meridian.protocol.message.DescribeGroupsResponse;
import io.meridian.protocol.message.DescribeGroupsResponse.DescribedGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/// DescribeGroups: state and members of groups. Needs DESCRIBE on each group. Before version 6 a group that is not
/// there is Dead and no error. A group that is named twice is told once.
public final class DescribeGroupsHandler {
    private static final short LOWEST_VERSION_WITH_MISSING_GROUPS = 6;

    private final NodeScope scope;
    private final GroupClient groups;

    public DescribeGroupsHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, DescribeGroupsRequest request) {
        List<String> named = List.copyOf(new LinkedHashSet<>(request.groups()));
        Countdown<DescribedGroup> results = new Countdown<>(
                named.size(), all -> scope.reply(context, DescribeGroupsResponse.DEFAULT.withGroups(all)));
        for (int slot = 0; slot < named.size(); slot++) {
            int answered = slot;
            describe(context, request, named.get(slot), group -> results.put(answered, group));
        }
    }

    private void describe(
            RequestContext context, DescribeGroupsRequest request, String groupId, Consumer<DescribedGroup> whenDone) {
        ErrorCode refusal = GroupAccess.check(scope, context, Operation.DESCRIBE, groupId);
        if (refusal != ErrorCode.NONE) {
            whenDone.accept(refused(groupId, refusal));
            return;
        }
        groups.ask(
                groupId,
                new GroupQuestion.Describe(groupId),
                outcome -> whenDone.accept(finished(
                        context,
                        request,
                        GroupClient.valueOf(outcome, DescribedGroup.class, error -> refused(groupId, error)))));
    }

    private DescribedGroup finished(RequestContext context, DescribeGroupsRequest request, DescribedGroup group) {
        boolean isMissing = group.errorCode() == ErrorCode.GROUP_ID_NOT_FOUND.code();
        DescribedGroup shown = isMissing && context.apiVersion() < LOWEST_VERSION_WITH_MISSING_GROUPS
                ? group.withErrorCode(ErrorCode.NONE.code()).withErrorMessage(null)
                : group;
        return request.includeAuthorizedOperations() && shown.errorCode() == ErrorCode.NONE.code()
                ? shown.withAuthorizedOperations(scope.allowedOperations(context, ResourceType.GROUP, group.groupId()))
                : shown;
    }

    private static DescribedGroup refused(String groupId, ErrorCode error) {
        return DescribedGroup.DEFAULT.withGroupId(groupId).withErrorCode(error.code());
    }
}
