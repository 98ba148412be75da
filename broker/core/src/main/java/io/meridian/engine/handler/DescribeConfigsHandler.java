package io.meridian.engine.handler;

import io.meridian.base.Setting;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.meridian.protocol.message.DescribeConfigsResponse;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsSynonym;
import io.meridian.settings.BrokerSettings;
import io.meridian.settings.ConfigSource;
import io.meridian.settings.EffectiveBrokerConfig;
import io.meridian.settings.EffectiveTopicConfig;
import io.meridian.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// DescribeConfigs: what counts for a topic or for this broker, where it comes from and what else it could be. Needs
/// DESCRIBE_CONFIGS on the topic, or on the cluster for everything else. Values of sensitive settings are never told.
///
/// A resource that is named twice is told once: a few bytes must not ask for all settings again and again.
///
/// Of all brokers (a broker without name) only what was set for them is told, as the rest differs from one to the
/// other.
public final class DescribeConfigsHandler {
    private record Named(byte type, String name) {}

    private final NodeScope scope;
    private final ConfigResources resources;

    public DescribeConfigsHandler(NodeScope scope) {
        this.scope = scope;
        this.resources = new ConfigResources(scope);
    }

    public void handle(RequestContext context, DescribeConfigsRequest request) {
        List<DescribeConfigsResult> results = new ArrayList<>();
        Set<Named> seen = new HashSet<>();
        for (DescribeConfigsResource resource : request.resources()) {
            boolean isNew = seen.add(new Named(resource.resourceType(), resource.resourceName()));
            results.add(
                    isNew
                            ? described(context, request, resource)
                            : refusal(resource, ErrorCode.INVALID_REQUEST, "the resource is named twice"));
        }
        scope.reply(context, DescribeConfigsResponse.DEFAULT.withResults(results));
    }

    private DescribeConfigsResult described(
            RequestContext context, DescribeConfigsRequest request, DescribeConfigsResource resource) {
        ConfigResources.Refusal refusal = resources.refusal(
                context, Operation.DESCRIBE_CONFIGS, resource.resourceType(), resource.resourceName());
        if (refusal != null) {
            return refusal(resource, refusal.error(), refusal.detail());
        }
        return switch (resource.resourceType()) {
            case ConfigResources.TOPIC -> topic(request, resource);
            case ConfigResources.BROKER ->
                resource.resourceName().isEmpty() ? allBrokers(request, resource) : broker(request, resource);
            default -> result(resource, List.of());
        };
    }

    private DescribeConfigsResult topic(DescribeConfigsRequest request, DescribeConfigsResource resource) {
        String name = resource.resourceName();
        String illegal = TopicNameRule.refusal(name);
        if (illegal != null) {
            return refusal(resource, ErrorCode.INVALID_TOPIC_EXCEPTION, illegal);
        }
        if (scope.image().topics().byName(name) == null) {
            return refusal(resource, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
        }
        Predicate<String> isAsked = asked(resource);
        EffectiveTopicConfig config = scope.topicConfig(name);
        List<DescribeConfigsResourceResult> entries = new ArrayList<>();
        for (EffectiveTopicConfig.Entry entry : config.entries()) {
            Setting<?> setting = entry.setting().setting();
            if (isAsked.test(setting.name())) {
                entries.add(describe(
                        request,
                        setting,
                        entry.text(),
                        entry.source(),
                        false,
                        synonyms(request, setting, entry.candidates())));
            }
        }
        return result(resource, entries);
    }

    private DescribeConfigsResult broker(DescribeConfigsRequest request, DescribeConfigsResource resource) {
        Predicate<String> isAsked = asked(resource);
        EffectiveBrokerConfig config = scope.brokerConfig();
        List<DescribeConfigsResourceResult> entries = new ArrayList<>();
        for (Setting<?> setting : BrokerSettings.CATALOGUE.inOrder()) {
            if (isAsked.test(setting.name())) {
                entries.add(entry(request, config.entry(setting)));
            }
        }
        return result(resource, entries);
    }

    private DescribeConfigsResult allBrokers(DescribeConfigsRequest request, DescribeConfigsResource resource) {
        Predicate<String> isAsked = asked(resource);
        EffectiveBrokerConfig config = new EffectiveBrokerConfig(
                Collections.emptySortedMap(), scope.image().configs().clusterDefaultConfig(), SettingValues.DEFAULTS);
        List<DescribeConfigsResourceResult> entries = new ArrayList<>();
        for (Setting<?> setting : BrokerSettings.CATALOGUE.inOrder()) {
            EffectiveBrokerConfig.Entry entry = config.entry(setting);
            if (entry.source() == ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG && isAsked.test(setting.name())) {
                entries.add(entry(request, entry));
            }
        }
        return result(resource, entries);
    }

    private static DescribeConfigsResourceResult entry(
            DescribeConfigsRequest request, EffectiveBrokerConfig.Entry entry) {
        Setting<?> setting = entry.setting();
        return describe(
                request,
                setting,
                entry.text(),
                entry.source(),
                !setting.dynamic(),
                synonyms(request, setting, entry.candidates()));
    }

    private static List<DescribeConfigsSynonym> synonyms(
            DescribeConfigsRequest request, Setting<?> setting, List<EffectiveTopicConfig.Candidate> candidates) {
        return request.includeSynonyms()
                ? candidates.stream()
                        .map(candidate ->
                                new DescribeConfigsSynonym(candidate.name(), shown(setting, candidate.text()), (byte)
                                        candidate.source().id()))
                        .toList()
                : List.of();
    }

    private static DescribeConfigsResourceResult describe(
            DescribeConfigsRequest request,
            Setting<?> setting,
            String text,
            ConfigSource source,
            boolean readOnly,
            List<DescribeConfigsSynonym> synonyms) {
        return new DescribeConfigsResourceResult(
                setting.name(),
                shown(setting, text),
                readOnly,
                (byte) source.id(),
                setting.sensitive(),
                synonyms,
                (byte) setting.type().kind().protocolId(),
                request.includeDocumentation() ? documentation(setting) : null);
    }

    private static String documentation(Setting<?> setting) {
        return setting.consequence().isEmpty() ? setting.meaning() : setting.meaning() + " " + setting.consequence();
    }

    private static @Nullable String shown(Setting<?> setting, String text) {
        return setting.sensitive() ? null : text;
    }

    /// Which settings are asked for.
    private static Predicate<String> asked(DescribeConfigsResource resource) {
        List<String> keys = resource.configurationKeys();
        return keys == null || keys.isEmpty() ? _ -> true : new HashSet<>(keys)::contains;
    }

    private static DescribeConfigsResult result(
            DescribeConfigsResource resource, List<DescribeConfigsResourceResult> entries) {
        return new DescribeConfigsResult(
                ErrorCode.NONE.code(), null, resource.resourceType(), resource.resourceName(), entries);
    }

    private static DescribeConfigsResult refusal(
            DescribeConfigsResource resource, ErrorCode error, @Nullable String detail) {
        return new DescribeConfigsResult(
                error.code(), detail, resource.resourceType(), resource.resourceName(), List.of());
    }
}
