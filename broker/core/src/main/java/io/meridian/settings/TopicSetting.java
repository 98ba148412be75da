package io.meridian.settings;

import io.meridian.base.Setting;
import java.util.List;

/// A setting of a topic with the process-wide settings that give its value where the topic has none.
///
/// @param synonyms the first one given counts; all have the same default, in their own units
public record TopicSetting<T>(Setting<T> setting, List<Synonym> synonyms) {
    public TopicSetting {
        synonyms = List.copyOf(synonyms);
    }

    public String name() {
        return setting.name();
    }

    /// A process-wide setting and how many of the topic's units one of its units is.
    ///
    /// @param factor 1 when the texts can be taken as they are
    public record Synonym(Setting<?> setting, long factor) {
        /// The text for the topic. Negative numbers stand for "no limit" and "as elsewhere" and are not multiplied.
        String topicText(String text) {
            return text(text, 1L);
        }

        /// The text for a unit of which one is `unitFactor` of the topic's.
        String text(String text, long unitFactor) {
            if (factor == unitFactor) {
                return text;
            }
            long value = Long.parseLong(text.trim());
            return Long.toString(value < 0 ? value : value * factor / unitFactor);
        }
    }
}
