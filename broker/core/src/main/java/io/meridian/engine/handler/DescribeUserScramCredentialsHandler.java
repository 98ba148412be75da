package io.meridian.engine.handler;

import io.meridian.base.SettingRefusal;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeUserScramCredentialsRequest;
import io.meridian.protocol.message.DescribeUserScramCredentialsRequest.UserName;
import io.meridian.protocol.message.DescribeUserScramCredentialsResponse;
import io.meridian.protocol.message.DescribeUserScramCredentialsResponse.DescribeUserScramCredentialsResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// DescribeUserScramCredentials: which users have passwords (KIP-554). Needs DESCRIBE on the cluster. No credentials
/// are kept here yet, so nobody has; tools that describe users ask this too.
public final class DescribeUserScramCredentialsHandler {
    private final NodeScope scope;

    public DescribeUserScramCredentialsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, DescribeUserScramCredentialsRequest request) {
        if (!scope.allowsCluster(context, Operation.DESCRIBE)) {
            scope.reply(
                    context,
                    DescribeUserScramCredentialsResponse.DEFAULT.withErrorCode(
                            ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code()));
            return;
        }
        List<UserName> users = request.users();
        scope.reply(
                context,
                DescribeUserScramCredentialsResponse.DEFAULT.withResults(users == null ? List.of() : results(users)));
    }

    private static List<DescribeUserScramCredentialsResult> results(List<UserName> users) {
        Map<String, Integer> occurrences = new LinkedHashMap<>();
        users.forEach(user -> occurrences.merge(user.name(), 1, Integer::sum));
        List<DescribeUserScramCredentialsResult> results = new ArrayList<>(occurrences.size());
        occurrences.forEach((name, times) -> results.add(DescribeUserScramCredentialsResult.DEFAULT
                .withUser(name)
                .withErrorCode((times > 1 ? ErrorCode.DUPLICATE_RESOURCE : ErrorCode.RESOURCE_NOT_FOUND).code())
                .withErrorMessage(
                        new SettingRefusal("user", name, times > 1 ? "each user once" : "a user with credentials")
                                .message())));
        return results;
    }
}
