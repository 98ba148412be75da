package io.meridian.settings;

import io.meridian.base.Invariant;
import io.meridian.base.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// What counts for one topic: its own value, else what counts for the broker, else the default.
///
/// A stored value that its declaration refuses (written by another release) does not count; the next source does.
public final class EffectiveTopicConfig {
    private final SortedMap<String, String> topicValues;
    private final EffectiveBrokerConfig broker;

    /// @param topicValues what was set for the topic, by name
    /// @param broker what counts for the broker that holds the topic's partitions
    public EffectiveTopicConfig(SortedMap<String, String> topicValues, EffectiveBrokerConfig broker) {
        this.topicValues = topicValues;
        this.broker = broker;
    }

    /// One value that is or could be in effect.
    ///
    /// @param name the topic's own name of the setting or that of a process-wide synonym, in its own unit
    public record Candidate(String name, String text, ConfigSource source) {}

    /// The value in effect and where it comes from.
    ///
    /// @param candidates every value that was given or is the default, the one in effect first
    public record Entry(TopicSetting<?> setting, String text, ConfigSource source, List<Candidate> candidates) {}

    /// What counts where no topic is asked about.
    public EffectiveBrokerConfig broker() {
        return broker;
    }

    /// The value in effect.
    public <T> T value(TopicSetting<T> setting) {
        return Invariant.present(setting.setting().type().parse(text(setting)), "an effective value is not readable");
    }

    /// The text in effect.
    public String text(TopicSetting<?> setting) {
        return entry(setting).text();
    }

    /// Every setting, in the order of names.
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(TopicSettings.IN_ORDER.size());
        for (TopicSetting<?> setting : TopicSettings.IN_ORDER) {
            entries.add(entry(setting));
        }
        return List.copyOf(entries);
    }

    public Entry entry(TopicSetting<?> setting) {
        List<Candidate> candidates = new ArrayList<>(3);
        String inEffect = null;
        ConfigSource source = ConfigSource.DEFAULT_CONFIG;
        String own = topicValues.get(setting.name());
        if (own != null && accepts(setting.setting(), own)) {
            candidates.add(new Candidate(setting.name(), own, ConfigSource.DYNAMIC_TOPIC_CONFIG));
            inEffect = own;
            source = ConfigSource.DYNAMIC_TOPIC_CONFIG;
        }
        for (ConfigSource brokerSource : EffectiveBrokerConfig.SOURCES) {
            for (TopicSetting.Synonym synonym : setting.synonyms()) {
                String given = broker.given(synonym.setting(), brokerSource);
                if (given != null) {
                    candidates.add(new Candidate(synonym.setting().name(), given, brokerSource));
                    if (inEffect == null) {
                        inEffect = synonym.topicText(given);
                        source = brokerSource;
                    }
                }
            }
        }
        candidates.add(defaultOf(setting));
        return new Entry(
                setting,
                inEffect == null ? setting.setting().defaultText() : inEffect,
                source,
                List.copyOf(candidates));
    }

    private static boolean accepts(Setting<?> setting, String text) {
        return setting.parse(text) instanceof Setting.Parsed.Value<?>;
    }

    private static Candidate defaultOf(TopicSetting<?> setting) {
        List<TopicSetting.Synonym> synonyms = setting.synonyms();
        Setting<?> named =
                synonyms.isEmpty() ? setting.setting() : synonyms.getLast().setting();
        return new Candidate(named.name(), named.defaultText(), ConfigSource.DEFAULT_CONFIG);
    }
}
