package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteGroupsRequest;
import io.meridian.protocol.message.DeleteGroupsResponse;
import io.meridian.protocol.message.DeleteGroupsResponse.DeletableGroupResult;
import java.util.List;
import java.util.function.Consumer;

/// DeleteGroups: groups without members go, with everything they committed. Needs DELETE on each group.
public final class DeleteGroupsHandler {
    private final NodeScope scope;
    private final GroupClient groups;

    public DeleteGroupsHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, DeleteGroupsRequest request) {
        List<String> names = request.groupsNames().stream().distinct().toList();
        Countdown<DeletableGroupResult> results = new Countdown<>(
                names.size(), all -> scope.reply(context, DeleteGroupsResponse.DEFAULT.withResults(all)));
        for (int slot = 0; slot < names.size(); slot++) {
            int answered = slot;
            delete(context, names.get(slot), result -> results.put(answered, result));
        }
    }

    private void delete(RequestContext context, String groupId, Consumer<DeletableGroupResult> whenDone) {
        ErrorCode refusal = GroupAccess.check(scope, context, Operation.DELETE, groupId);
        if (refusal != ErrorCode.NONE) {
            whenDone.accept(refused(groupId, refusal));
            return;
        }
        groups.ask(
                groupId,
                new GroupQuestion.Delete(groupId),
                outcome -> whenDone.accept(
                        GroupClient.valueOf(outcome, DeletableGroupResult.class, error -> refused(groupId, error))));
    }

    private static DeletableGroupResult refused(String groupId, ErrorCode error) {
        return new DeletableGroupResult(groupId, error.code(), null);
    }
}
