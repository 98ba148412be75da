package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.handler.ConfigAlterationFlow.Answered;
import io.meridian.engine.handler.ConfigAlterationFlow.Asked;
import io.meridian.engine.metadata.ControllerCommand.ConfigChange;
import io.meridian.engine.metadata.ControllerCommand.ConfigOperation;
import io.meridian.protocol.message.AlterConfigsRequest;
import io.meridian.protocol.message.AlterConfigsRequest.AlterConfigsResource;
import io.meridian.protocol.message.AlterConfigsResponse;
import io.meridian.protocol.message.AlterConfigsResponse.AlterConfigsResourceResponse;
import java.util.List;

/// AlterConfigs, which old clients send: what is given becomes all that a resource has set, whatever it had before.
/// Rights and checks are those of IncrementalAlterConfigs.
public final class AlterConfigsHandler {
    private final NodeScope scope;
    private final ConfigAlterationFlow flow;

    AlterConfigsHandler(NodeScope scope, ConfigAlterationFlow flow) {
        this.scope = scope;
        this.flow = flow;
    }

    public void handle(RequestContext context, AlterConfigsRequest request) {
        List<Asked> asked =
                request.resources().stream().map(AlterConfigsHandler::asked).toList();
        flow.alter(
                context,
                asked,
                true,
                request.validateOnly(),
                answers -> scope.reply(
                        context,
                        AlterConfigsResponse.DEFAULT.withResponses(answers.stream()
                                .map(AlterConfigsHandler::response)
                                .toList())));
    }

    private static Asked asked(AlterConfigsResource resource) {
        return new Asked(
                resource.resourceType(),
                resource.resourceName(),
                resource.configs().stream()
                        .map(config -> new ConfigChange(config.name(), ConfigOperation.SET, config.value()))
                        .toList());
    }

    private static AlterConfigsResourceResponse response(Answered answer) {
        return new AlterConfigsResourceResponse(answer.error().code(), answer.detail(), answer.type(), answer.name());
    }
}
