package io.meridian.engine.handler;

import io.meridian.base.SettingRefusal;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The kinds of resources that have configurations, as the protocol numbers them, and the checks of their names that
/// need no metadata.
///
/// | number | kind | here |
/// |---|---|---|
/// | 2 | topic | by name |
/// | 4 | broker | by id, or `''` for all brokers |
/// | 8 | levels of a broker's loggers | there are none to see or set |
/// | 16 | subscription to metrics of clients | there are none |
/// | 32 | group | there are no settings of groups yet |
final class ConfigResources {
    static final byte TOPIC = 2;
    static final byte BROKER = 4;
    static final byte BROKER_LOGGER = 8;
    static final byte CLIENT_METRICS = 16;
    static final byte GROUP = 32;

    private final NodeScope scope;

    ConfigResources(NodeScope scope) {
        this.scope = scope;
    }

    /// Why a resource is not looked at any further.
    ///
    /// @param detail null when the error says it all
    record Refusal(ErrorCode error, @Nullable String detail) {}

    /// Null when the principal may do `operation` and the resource could be one of this broker.
    @Nullable
    Refusal refusal(RequestContext context, Operation operation, byte type, String name) {
        return switch (type) {
            case TOPIC ->
                scope.allowsTopic(context, operation, name)
                        ? null
                        : new Refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED, null);
            case BROKER, BROKER_LOGGER, CLIENT_METRICS ->
                scope.allowsCluster(context, operation)
                        ? nameRefusal(type, name)
                        : new Refusal(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
            case GROUP ->
                scope.allowsCluster(context, operation)
                        ? nameRefusal(type, name)
                        : new Refusal(ErrorCode.GROUP_AUTHORIZATION_FAILED, null);
            default ->
                new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        "resource type " + type + ": expected 2 (topic), 4 (broker), 8 (broker logger),"
                                + " 16 (client metrics) or 32 (group)");
        };
    }

    private @Nullable Refusal nameRefusal(byte type, String name) {
        String self = Integer.toString(scope.brokerId());
        return switch (type) {
            case BROKER ->
                name.isEmpty() || name.equals(self)
                        ? null
                        : invalid("broker", name, self + ", the broker that was asked, or ''");
            case BROKER_LOGGER ->
                name.equals(self) ? null : invalid("broker", name, self + ", the broker that was asked");
            default -> name.isEmpty() ? invalid("name", name, "a name") : null;
        };
    }

    private static Refusal invalid(String what, String found, String expected) {
        return new Refusal(ErrorCode.INVALID_REQUEST, new SettingRefusal(what, found, expected).message());
    }
}
