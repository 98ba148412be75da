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
import io.meridian.settings.EffectiveTopicConfig;
import io.meridian.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DescribeConfigs: what counts for a topic or for this broker, where it comes from and what else it could be. Needs
/// DESCRIBE_CONFIGS on the topic, or on the cluster for a broker. Values of sensitive settings are never told.
public final class DescribeConfigsHandler {
    private static final byte TOPIC = 2;
    private static final byte BROKER = 4;

    private final NodeScope scope;

    public DescribeConfigsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, DescribeConfigsRequest request) {
        List<DescribeConfigsResult> results = new ArrayList<>();
        for (DescribeConfigsResource resource : request.resources()) {
            results.add(
                    switch (resource.resourceType()) {
                        case TOPIC -> topic(context, request, resource);
                        case BROKER -> broker(context, request, resource);
                        default ->
                            refusal(
                                    resource,
                                    ErrorCode.INVALID_REQUEST,
                                    "resource type " + resource.resourceType() + ": expected 2 (topic) or 4 (broker)");
                    });
        }
        scope.reply(context, DescribeConfigsResponse.DEFAULT.withResults(results));
    }

    private DescribeConfigsResult topic(
            RequestContext context, DescribeConfigsRequest request, DescribeConfigsResource resource) {
        String name = resource.resourceName();
        if (!scope.allowsTopic(context, Operation.DESCRIBE_CONFIGS, name)) {
            return refusal(resource, ErrorCode.TOPIC_AUTHORIZATION_FAILED, null);
        }
        String illegal = TopicNameRule.refusal(name);
        if (illegal != null) {
            return refusal(resource, ErrorCode.INVALID_TOPIC_EXCEPTION, illegal);
        }
        if (scope.image().topics().byName(name) == null) {
            return refusal(resource, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
        }
        EffectiveTopicConfig config = new EffectiveTopicConfig(
                scope.image().configs().topicConfig(name), scope.config().topicDefaults());
        List<DescribeConfigsResourceResult> entries = new ArrayList<>();
        for (EffectiveTopicConfig.Entry entry : config.entries()) {
            if (isAsked(resource, entry.setting().name())) {
                entries.add(entry(request, entry));
            }
        }
        return result(resource, entries);
    }

    private static DescribeConfigsResourceResult entry(
            DescribeConfigsRequest request, EffectiveTopicConfig.Entry entry) {
        Setting<?> setting = entry.setting().setting();
        List<DescribeConfigsSynonym> synonyms = new ArrayList<>();
        if (request.includeSynonyms()) {
            for (EffectiveTopicConfig.Candidate candidate : entry.candidates()) {
                synonyms.add(new DescribeConfigsSynonym(candidate.name(), shown(setting, candidate.text()), (byte)
                        candidate.source().id()));
            }
        }
        return describe(request, setting, entry.text(), entry.source(), false, synonyms);
    }

    private DescribeConfigsResult broker(
            RequestContext context, DescribeConfigsRequest request, DescribeConfigsResource resource) {
        if (!scope.allowsCluster(context, Operation.DESCRIBE_CONFIGS)) {
            return refusal(resource, ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
        }
        String name = resource.resourceName();
        if (name.isEmpty()) {
            return result(resource, List.of());
        }
        if (!name.equals(Integer.toString(scope.brokerId()))) {
            return refusal(
                    resource,
                    ErrorCode.INVALID_REQUEST,
                    "broker '" + name + "': expected " + scope.brokerId() + ", the broker that was asked, or ''");
        }
        SettingValues values = scope.config().topicDefaults();
        List<DescribeConfigsResourceResult> entries = new ArrayList<>();
        for (Setting<?> setting : BrokerSettings.CATALOGUE.inOrder()) {
            if (isAsked(resource, setting.name())) {
                entries.add(entry(request, setting, values.text(setting)));
            }
        }
        return result(resource, entries);
    }

    private static DescribeConfigsResourceResult entry(
            DescribeConfigsRequest request, Setting<?> setting, @Nullable String given) {
        ConfigSource source = given == null ? ConfigSource.DEFAULT_CONFIG : ConfigSource.STATIC_BROKER_CONFIG;
        List<DescribeConfigsSynonym> synonyms = new ArrayList<>();
        if (request.includeSynonyms()) {
            if (given != null) {
                synonyms.add(new DescribeConfigsSynonym(setting.name(), shown(setting, given), (byte) source.id()));
            }
            synonyms.add(new DescribeConfigsSynonym(
                    setting.name(), shown(setting, setting.defaultText()), (byte) ConfigSource.DEFAULT_CONFIG.id()));
        }
        return describe(
                request, setting, given == null ? setting.defaultText() : given, source, !setting.dynamic(), synonyms);
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

    private static boolean isAsked(DescribeConfigsResource resource, String name) {
        return resource.configurationKeys() == null
                || resource.configurationKeys().isEmpty()
                || resource.configurationKeys().contains(name);
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
