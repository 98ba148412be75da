package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.CreateAclsRequest;
import io.meridian.protocol.message.CreateAclsResponse;
import io.meridian.protocol.message.CreateAclsResponse.AclCreationResult;
import io.meridian.protocol.message.DeleteAclsRequest;
import io.meridian.protocol.message.DeleteAclsResponse;
import io.meridian.protocol.message.DeleteAclsResponse.DeleteAclsFilterResult;
import io.meridian.protocol.message.DescribeAclsRequest;
import io.meridian.protocol.message.DescribeAclsResponse;
import java.util.Collections;

/// DescribeAcls, CreateAcls and DeleteAcls: rights of principals. Describing needs DESCRIBE on the cluster, the others
/// ALTER. Without an authoriser that keeps rights, whoever asks is told so, which tools know how to show.
public final class AclHandlers {
    private static final String DETAIL = "no authorizer is configured on this broker";

    private final NodeScope scope;

    public AclHandlers(NodeScope scope) {
        this.scope = scope;
    }

    public void describe(RequestContext context, DescribeAclsRequest request) {
        ErrorCode error = error(context, Operation.DESCRIBE);
        scope.reply(
                context,
                DescribeAclsResponse.DEFAULT.withErrorCode(error.code()).withErrorMessage(detail(error)));
    }

    public void create(RequestContext context, CreateAclsRequest request) {
        ErrorCode error = error(context, Operation.ALTER);
        AclCreationResult result = new AclCreationResult(error.code(), detail(error));
        scope.reply(
                context,
                CreateAclsResponse.DEFAULT.withResults(
                        Collections.nCopies(request.creations().size(), result)));
    }

    public void delete(RequestContext context, DeleteAclsRequest request) {
        ErrorCode error = error(context, Operation.ALTER);
        DeleteAclsFilterResult result =
                DeleteAclsFilterResult.DEFAULT.withErrorCode(error.code()).withErrorMessage(detail(error));
        scope.reply(
                context,
                DeleteAclsResponse.DEFAULT.withFilterResults(
                        Collections.nCopies(request.filters().size(), result)));
    }

    private ErrorCode error(RequestContext context, Operation operation) {
        return scope.allowsCluster(context, operation)
                ? ErrorCode.SECURITY_DISABLED
                : ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
    }

    private static String detail(ErrorCode error) {
        return error == ErrorCode.SECURITY_DISABLED ? DETAIL : error.meaning();
    }
}
