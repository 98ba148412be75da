package io.meridian.engine.metadata;

import io.meridian.base.Setting;
import io.meridian.base.SettingRefusal;
import io.meridian.base.SettingType;
import io.meridian.engine.metadata.ControllerCommand.AlterConfigs;
import io.meridian.engine.metadata.ControllerCommand.ConfigAlteration;
import io.meridian.engine.metadata.ControllerCommand.ConfigChange;
import io.meridian.engine.metadata.ControllerCommand.ConfigOperation;
import io.meridian.engine.metadata.ControllerReply.ConfigAlterationResult;
import io.meridian.engine.metadata.ControllerReply.ConfigsAltered;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.settings.BrokerSettings;
import io.meridian.settings.SettingCatalogue;
import io.meridian.settings.SettingValues;
import io.meridian.settings.TopicSetting;
import io.meridian.settings.TopicSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides about changes of configurations: all changes of a resource are made or none, and one resource does not
/// stop the others. A resource that is named more than once stays as it is.
///
/// A value that is refused is INVALID_CONFIG for a topic and INVALID_REQUEST for a broker, as Apache Kafka has it. An
/// unknown name is INVALID_CONFIG for both: Apache Kafka stores it for a broker, where it means nothing.
final class ConfigAlterations {
    /// No broker has this id, so that only what holds for all of them counts.
    private static final int ANY_BROKER = -1;

    /// A list grows with every append; Kafka draws the same line.
    private static final int VALUE_LENGTH_MAX = Short.MAX_VALUE;

    private final MetadataImage image;
    private final SettingValues startValues;

    private ConfigAlterations(MetadataImage image, SettingValues startValues) {
        this.image = image;
        this.startValues = startValues;
    }

    static Decision decide(MetadataImage image, AlterConfigs command, SettingValues startValues) {
        return new ConfigAlterations(image, startValues).decide(command);
    }

    private Decision decide(AlterConfigs command) {
        SortedMap<ConfigResource, Integer> occurrences = new TreeMap<>();
        command.alterations().forEach(alteration -> occurrences.merge(alteration.resource(), 1, Integer::sum));
        List<MetadataRecord> records = new ArrayList<>();
        List<ConfigAlterationResult> results = new ArrayList<>();
        for (ConfigAlteration alteration : command.alterations()) {
            ConfigResource resource = alteration.resource();
            Outcome<SortedMap<String, String>> outcome = occurrences.getOrDefault(resource, 0) > 1
                    ? Outcome.rejected(ErrorCode.INVALID_REQUEST, "the resource is named more than once")
                    : altered(alteration);
            switch (outcome) {
                case Outcome.Rejected<SortedMap<String, String>>(ErrorCode error, String detail) ->
                    results.add(new ConfigAlterationResult(resource, error, detail));
                case Outcome.Accepted<SortedMap<String, String>>(SortedMap<String, String> after) -> {
                    records.addAll(differences(resource, after));
                    results.add(new ConfigAlterationResult(resource, ErrorCode.NONE, null));
                }
            }
        }
        return new Decision(command.validateOnly() ? List.of() : records, new ConfigsAltered(List.copyOf(results)));
    }

    private List<MetadataRecord> differences(ConfigResource resource, SortedMap<String, String> after) {
        SortedMap<String, String> before = image.configs().config(resource);
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<MetadataRecord> records = new ArrayList<>();
        for (String name : names) {
            String value = after.get(name);
            if (!Objects.equals(before.get(name), value)) {
                records.add(new MetadataRecord.Config(resource, name, value));
            }
        }
        return records;
    }

    /// What the resource has set afterwards. The order of the checks: whose values they are, contradictions, each
    /// change, all values together, and only then whether the topic is there; when everything is replaced, the
    /// topic's name comes first.
    private Outcome<SortedMap<String, String>> altered(ConfigAlteration alteration) {
        ConfigResource resource = alteration.resource();
        Outcome<SortedMap<String, String>> refusal = refusal(resource, alteration.replaces());
        if (refusal == null) {
            refusal = contradiction(alteration.changes());
        }
        if (refusal != null) {
            return refusal;
        }
        SortedMap<String, String> values = alteration.replaces()
                ? new TreeMap<>()
                : new TreeMap<>(image.configs().config(resource));
        for (ConfigChange change : alteration.changes()) {
            refusal = apply(resource, change, values);
            if (refusal != null) {
                return refusal;
            }
        }
        SettingRefusal conflict = resource.type() == ConfigResource.Type.TOPIC ? TopicSettings.conflict(values) : null;
        if (conflict != null) {
            return Outcome.rejected(ErrorCode.INVALID_CONFIG, conflict.message());
        }
        refusal = absence(resource);
        return refusal == null ? Outcome.accepted(values) : refusal;
    }

    private @Nullable Outcome<SortedMap<String, String>> refusal(ConfigResource resource, boolean replaces) {
        String name = resource.name();
        return switch (resource.type()) {
            case TOPIC -> {
                if (name.isEmpty()) {
                    yield Outcome.rejected(ErrorCode.INVALID_REQUEST, "topic '': there are no values for all topics");
                }
                String illegal = replaces ? TopicNameRule.refusal(name) : null;
                yield illegal == null ? null : Outcome.rejected(ErrorCode.INVALID_TOPIC_EXCEPTION, illegal);
            }
            case BROKER ->
                name.isEmpty() || isRegistered(name)
                        ? null
                        : Outcome.rejected(
                                ErrorCode.BROKER_ID_NOT_REGISTERED,
                                new SettingRefusal("broker", name, "the id of a registered broker, or '' for all")
                                        .message());
        };
    }

    private @Nullable Outcome<SortedMap<String, String>> absence(ConfigResource resource) {
        if (resource.type() != ConfigResource.Type.TOPIC || image.topics().byName(resource.name()) != null) {
            return null;
        }
        String illegal = TopicNameRule.refusal(resource.name());
        return illegal == null
                ? Outcome.rejected(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "topic " + resource.name() + " does not exist")
                : Outcome.rejected(ErrorCode.INVALID_TOPIC_EXCEPTION, illegal);
    }

    private boolean isRegistered(String brokerId) {
        Integer id = SettingType.int32From(0).parse(brokerId);
        return id != null && brokerId.equals(id.toString()) && image.brokers().broker(id) != null;
    }

    private static @Nullable Outcome<SortedMap<String, String>> contradiction(List<ConfigChange> changes) {
        Set<String> names = new LinkedHashSet<>();
        for (ConfigChange change : changes) {
            if (!names.add(change.name())) {
                return Outcome.rejected(
                        ErrorCode.INVALID_REQUEST,
                        new SettingRefusal(change.name(), "two changes", "one at most").message());
            }
            if (change.value() == null && change.operation() != ConfigOperation.DELETE) {
                return Outcome.rejected(
                        ErrorCode.INVALID_REQUEST, new SettingRefusal(change.name(), "null", "a value").message());
            }
        }
        return null;
    }

    /// Makes one change of `values`, or says why not. What is not there can be deleted, whatever its name.
    private @Nullable Outcome<SortedMap<String, String>> apply(
            ConfigResource resource, ConfigChange change, Map<String, String> values) {
        String name = change.name();
        String given = change.value();
        if (change.operation() == ConfigOperation.DELETE || given == null) {
            values.remove(name);
            return null;
        }
        boolean isTopic = resource.type() == ConfigResource.Type.TOPIC;
        SettingCatalogue catalogue = isTopic ? TopicSettings.CATALOGUE : BrokerSettings.CATALOGUE;
        Setting<?> setting = catalogue.byName(name);
        if (setting != null && !setting.dynamic()) {
            return Outcome.rejected(
                    ErrorCode.INVALID_REQUEST,
                    new SettingRefusal(name, given, "a setting that can change while the broker runs").message());
        }
        String text = given;
        if (change.operation() != ConfigOperation.SET && setting != null) {
            if (setting.type().kind() != SettingType.Kind.LIST) {
                return Outcome.rejected(
                        ErrorCode.INVALID_CONFIG,
                        new SettingRefusal(name, change.operation() + " " + given, "SET or DELETE, as it is no list")
                                .message());
            }
            String present = values.get(name);
            text = changedList(present == null ? inherited(resource, name) : present, change.operation(), given);
        }
        if (text.length() > VALUE_LENGTH_MAX) {
            return Outcome.rejected(
                    ErrorCode.INVALID_CONFIG,
                    new SettingRefusal(name, text.length() + " characters", "at most " + VALUE_LENGTH_MAX).message());
        }
        SettingRefusal refusal = catalogue.refusal(name, text);
        if (refusal != null) {
            return Outcome.rejected(
                    isTopic || setting == null ? ErrorCode.INVALID_CONFIG : ErrorCode.INVALID_REQUEST,
                    refusal.message());
        }
        values.put(name, text);
        return null;
    }

    /// What counts where the resource has no value of its own.
    private String inherited(ConfigResource resource, String name) {
        TopicSetting<?> topicSetting = TopicSettings.byName(name);
        if (resource.type() == ConfigResource.Type.TOPIC && topicSetting != null) {
            return ConfigsInForce.ofTopic(image.configs(), resource.name(), ANY_BROKER, startValues)
                    .text(topicSetting);
        }
        Setting<?> setting = BrokerSettings.CATALOGUE.byName(name);
        return setting == null
                ? ""
                : ConfigsInForce.ofBroker(image.configs(), ANY_BROKER, startValues)
                        .entry(setting)
                        .text();
    }

    private static String changedList(String present, ConfigOperation operation, String given) {
        LinkedHashSet<String> entries = new LinkedHashSet<>(entries(present));
        if (operation == ConfigOperation.APPEND) {
            entries.addAll(entries(given));
        } else {
            entries.removeAll(new TreeSet<>(entries(given)));
        }
        return String.join(",", entries);
    }

    private static List<String> entries(String list) {
        List<String> entries = new ArrayList<>();
        for (String entry : list.split(",", -1)) {
            if (!entry.isBlank()) {
                entries.add(entry.trim());
            }
        }
        return entries;
    }
}
