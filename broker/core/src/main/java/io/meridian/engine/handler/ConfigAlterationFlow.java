package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.SettingRefusal;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ControllerCommand.AlterConfigs;
import io.meridian.engine.metadata.ControllerCommand.ConfigAlteration;
import io.meridian.engine.metadata.ControllerCommand.ConfigChange;
import io.meridian.engine.metadata.ControllerReply.ConfigAlterationResult;
import io.meridian.engine.metadata.ControllerReply.ConfigsAltered;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the two APIs that alter configurations have in common: each resource is authorised and looked at here, then
/// the controller decides about those that it stores. Needs ALTER_CONFIGS on the topic, or on the cluster for
/// everything else.
final class ConfigAlterationFlow {
    private final ControllerClient controller;
    private final ConfigResources resources;

    ConfigAlterationFlow(NodeScope scope, ControllerClient controller) {
        this.controller = controller;
        this.resources = new ConfigResources(scope);
    }

    /// A resource of a request.
    ///
    /// @param changes null when one of them is none that the protocol knows
    record Asked(byte type, String name, @Nullable List<ConfigChange> changes) {}

    /// What became of it.
    record Answered(
            byte type,
            String name,
            ErrorCode error,
            @Nullable String detail) {}

    /// @param replaces whether what is not named is removed
    /// @param whenAnswered takes one answer for each resource, in their order
    void alter(
            RequestContext context,
            List<Asked> asked,
            boolean replaces,
            boolean validateOnly,
            Consumer<List<Answered>> whenAnswered) {
        List<@Nullable Answered> answers = new ArrayList<>(asked.size());
        List<ConfigAlteration> forController = new ArrayList<>();
        for (Asked resource : asked) {
            Answered answer = check(context, resource);
            answers.add(answer);
            if (answer == null && resource.changes() != null) {
                forController.add(new ConfigAlteration(stored(resource), replaces, resource.changes()));
            }
        }
        controller.ask(new AlterConfigs(forController, validateOnly), reply -> {
            if (!(reply instanceof ConfigsAltered(List<ConfigAlterationResult> results))) {
                throw Invariant.unreachable("the controller answered something else");
            }
            whenAnswered.accept(merged(asked, answers, results));
        });
    }

    private static List<Answered> merged(
            List<Asked> asked, List<@Nullable Answered> answers, List<ConfigAlterationResult> results) {
        Iterator<ConfigAlterationResult> decided = results.iterator();
        List<Answered> all = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            Answered answer = answers.get(i);
            if (answer == null) {
                ConfigAlterationResult result = decided.next();
                answer = answered(asked.get(i), result.error(), result.detail());
            }
            all.add(answer);
        }
        return all;
    }

    /// The answer to a resource that the controller need not see; null when it decides.
    private @Nullable Answered check(RequestContext context, Asked asked) {
        ConfigResources.Refusal refusal =
                resources.refusal(context, Operation.ALTER_CONFIGS, asked.type(), asked.name());
        if (refusal != null) {
            return answered(asked, refusal.error(), refusal.detail());
        }
        List<ConfigChange> changes = asked.changes();
        if (changes == null) {
            return answered(
                    asked,
                    ErrorCode.INVALID_REQUEST,
                    "unknown operation: expected 0 (set), 1 (delete), 2 (append) or 3 (subtract)");
        }
        return switch (asked.type()) {
            case ConfigResources.TOPIC, ConfigResources.BROKER -> null;
            case ConfigResources.CLIENT_METRICS -> withoutSettings(asked, changes, ErrorCode.INVALID_REQUEST);
            default -> withoutSettings(asked, changes, ErrorCode.INVALID_CONFIG);
        };
    }

    /// Of a resource without settings every name is unknown; to change none is fine.
    private static Answered withoutSettings(Asked asked, List<ConfigChange> changes, ErrorCode error) {
        return changes.isEmpty()
                ? answered(asked, ErrorCode.NONE, null)
                : answered(
                        asked,
                        error,
                        new SettingRefusal(
                                        changes.getFirst().name(),
                                        String.valueOf(changes.getFirst().value()),
                                        "nothing, as resources of this type have no settings here")
                                .message());
    }

    private static ConfigResource stored(Asked asked) {
        ConfigResource.Type type =
                asked.type() == ConfigResources.TOPIC ? ConfigResource.Type.TOPIC : ConfigResource.Type.BROKER;
        return new ConfigResource(type, asked.name());
    }

    private static Answered answered(Asked asked, ErrorCode error, @Nullable String detail) {
        return new Answered(asked.type(), asked.name(), error, detail);
    }
}
