package io.meridian.engine.metadata;

import io.meridian.base.SettingRefusal;
import io.meridian.engine.metadata.ControllerCommand.ConfigValue;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.engine.metadata.image.ConfigsImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.settings.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What may be configured, and how it is recorded.
final class ConfigRegistry {
    private ConfigRegistry() {}

    /// The values of a new topic, by name; or INVALID_CONFIG, or INVALID_REQUEST when a name repeats.
    static Outcome<SortedMap<String, String>> topicConfig(List<ConfigValue> configs) {
        SortedMap<String, String> values = new TreeMap<>();
        for (ConfigValue config : configs) {
            String value = config.value();
            if (value == null) {
                return Outcome.rejected(ErrorCode.INVALID_CONFIG, config.name() + ": found null, expected a value");
            }
            SettingRefusal refusal = TopicSettings.CATALOGUE.refusal(config.name(), value);
            if (refusal != null) {
                return Outcome.rejected(ErrorCode.INVALID_CONFIG, refusal.message());
            }
            if (values.put(config.name(), value) != null) {
                return Outcome.rejected(ErrorCode.INVALID_REQUEST, config.name() + " is given more than once");
            }
        }
        SettingRefusal conflict = TopicSettings.conflict(values);
        return conflict == null
                ? Outcome.accepted(values)
                : Outcome.rejected(ErrorCode.INVALID_CONFIG, conflict.message());
    }

    static List<MetadataRecord> records(ConfigResource resource, SortedMap<String, String> values) {
        List<MetadataRecord> records = new ArrayList<>(values.size());
        values.forEach((name, value) -> records.add(new MetadataRecord.Config(resource, name, value)));
        return records;
    }

    static ConfigsImage apply(ConfigsImage configs, MetadataRecord.Config record) {
        return configs.with(record.resource(), record.name(), record.value());
    }
}
