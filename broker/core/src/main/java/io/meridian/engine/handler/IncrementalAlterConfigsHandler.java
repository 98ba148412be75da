package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.handler.ConfigAlterationFlow.Answered;
import io.meridian.engine.handler.ConfigAlterationFlow.Asked;
import io.meridian.engine.metadata.ControllerCommand.ConfigChange;
import io.meridian.engine.metadata.ControllerCommand.ConfigOperation;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.meridian.protocol.message.IncrementalAlterConfigsResponse;
import io.meridian.protocol.message.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// IncrementalAlterConfigs: single values of topics and brokers are set, deleted, appended to or taken from (KIP-339).
/// Needs ALTER_CONFIGS on the topic, or on the cluster for everything else.
///
/// What is changed counts at once, for logs that are open too, and survives a restart.
public final class IncrementalAlterConfigsHandler {
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final byte APPEND = 2;
    private static final byte SUBTRACT = 3;

    private final NodeScope scope;
    private final ConfigAlterationFlow flow;

    IncrementalAlterConfigsHandler(NodeScope scope, ConfigAlterationFlow flow) {
        this.scope = scope;
        this.flow = flow;
    }

    public void handle(RequestContext context, IncrementalAlterConfigsRequest request) {
        List<Asked> asked = request.resources().stream()
                .map(resource -> new Asked(resource.resourceType(), resource.resourceName(), changes(resource)))
                .toList();
        flow.alter(
                context,
                asked,
                false,
                request.validateOnly(),
                answers -> scope.reply(
                        context,
                        IncrementalAlterConfigsResponse.DEFAULT.withResponses(answers.stream()
                                .map(IncrementalAlterConfigsHandler::response)
                                .toList())));
    }

    private static @Nullable List<ConfigChange> changes(AlterConfigsResource resource) {
        List<ConfigChange> changes = new ArrayList<>(resource.configs().size());
        for (AlterableConfig config : resource.configs()) {
            ConfigOperation operation = operation(config.configOperation());
            if (operation == null) {
                return null;
            }
            changes.add(new ConfigChange(config.name(), operation, config.value()));
        }
        return changes;
    }

    private static @Nullable ConfigOperation operation(byte number) {
        return switch (number) {
            case SET -> ConfigOperation.SET;
            case DELETE -> ConfigOperation.DELETE;
            case APPEND -> ConfigOperation.APPEND;
            case SUBTRACT -> ConfigOperation.SUBTRACT;
            default -> null;
        };
    }

    private static AlterConfigsResourceResponse response(Answered answer) {
        return new AlterConfigsResourceResponse(answer.error().code(), answer.detail(), answer.type(), answer.name());
    }
}
