package io.meridian.platform.cli.topic;

import io.meridian.base.SettingRefusal;
import io.meridian.platform.cli.client.ClientFailure;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.terminal.Refused;
import io.meridian.settings.TopicSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;

/// Settings of topics as they are typed.
final class TopicSettingHint {
    private TopicSettingHint() {}

    /// Reads `name=value` pairs in order.
    static Map<String, String> read(String option, Iterable<String> assignments) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw Refused.askedWrongly(option + ": found '" + assignment + "', expected name=value");
            }
            String name = assignment.substring(0, equals).strip();
            if (settings.put(name, assignment.substring(equals + 1)) != null) {
                throw Refused.askedWrongly(option + ": " + name + " is given twice");
            }
        }
        return settings;
    }

    /// The words for a broker's refusal of a topic's settings: ours where we know the setting, else the broker's.
    static Refused refused(Throwable failure, Connection connection, String topic, Map<String, String> settings) {
        if (failure instanceof InvalidConfigurationException || failure instanceof InvalidRequestException) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                SettingRefusal refusal = TopicSettings.CATALOGUE.refusal(setting.getKey(), setting.getValue());
                if (refusal != null) {
                    return Refused.askedWrongly("topic '" + topic + "': " + refusal.message());
                }
            }
            return Refused.askedWrongly("topic '" + topic + "': " + ClientFailure.message(failure)
                    + "; `meridian topic config " + topic + "` shows the settings");
        }
        return Topics.refused(failure, connection, topic);
    }
}
