package io.meridian.engine.handler;

import io.meridian.base.SettingRefusal;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeClientQuotasRequest;
import io.meridian.protocol.message.DescribeClientQuotasRequest.ComponentData;
import io.meridian.protocol.message.DescribeClientQuotasResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// DescribeClientQuotas: limits of users, clients and addresses (KIP-546). Needs DESCRIBE_CONFIGS on the cluster. The
/// question is checked as ever; no quotas exist here yet, so the answer is none.
public final class DescribeClientQuotasHandler {
    private static final String IP = "ip";
    private static final List<String> TYPES = List.of("user", "client-id", IP);
    private static final byte MATCH_EXACT = 0;
    private static final byte MATCH_ANY = 2;

    private final NodeScope scope;

    public DescribeClientQuotasHandler(NodeScope scope) {
        this.scope = scope;
    }

    private record Refusal(ErrorCode error, @Nullable String detail) {}

    public void handle(RequestContext context, DescribeClientQuotasRequest request) {
        Refusal refusal = scope.allowsCluster(context, Operation.DESCRIBE_CONFIGS)
                ? refusal(request.components())
                : new Refusal(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
        scope.reply(
                context,
                refusal == null
                        ? DescribeClientQuotasResponse.DEFAULT.withEntries(List.of())
                        : DescribeClientQuotasResponse.DEFAULT
                                .withErrorCode(refusal.error().code())
                                .withErrorMessage(refusal.detail())
                                .withEntries(null));
    }

    private static @Nullable Refusal refusal(List<ComponentData> components) {
        Set<String> types = new LinkedHashSet<>();
        for (ComponentData component : components) {
            String type = component.entityType();
            if (type.isEmpty()) {
                return invalid("entity type", type, "one of " + String.join(", ", TYPES));
            }
            if (!TYPES.contains(type)) {
                return new Refusal(
                        ErrorCode.UNSUPPORTED_VERSION,
                        new SettingRefusal("entity type", type, "one of " + String.join(", ", TYPES)).message());
            }
            if (!types.add(type)) {
                return invalid("entity type", type, "each type once");
            }
            if (component.matchType() < MATCH_EXACT || component.matchType() > MATCH_ANY) {
                return invalid("match type", Byte.toString(component.matchType()), "0, 1 or 2");
            }
            if ((component.matchType() == MATCH_EXACT) == (component.match() == null)) {
                return invalid(
                        "match of " + type, String.valueOf(component.match()), "a name exactly for match type 0");
            }
        }
        return types.contains(IP) && types.size() > 1
                ? invalid("entity types", String.join(", ", types), "ip alone")
                : null;
    }

    private static Refusal invalid(String what, String found, String expected) {
        return new Refusal(ErrorCode.INVALID_REQUEST, new SettingRefusal(what, found, expected).message());
    }
}
