package io.meridian.settings;

import io.meridian.base.Invariant;
import io.meridian.base.Setting;
import io.meridian.settings.EffectiveTopicConfig.Candidate;
import io.meridian.settings.TopicSetting.Synonym;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What counts for one broker: what was set for it while it ran, else for all brokers, else what it was given at its
/// start, else the default. Within one source a setting in a finer unit counts before its synonyms in coarser ones.
///
/// A stored value that its declaration refuses, or whose setting only a start can change (both written by another
/// release), does not count; the next source does.
public final class EffectiveBrokerConfig {
    /// Where a value may come from, the one that counts first; the default follows.
    static final List<ConfigSource> SOURCES = List.of(
            ConfigSource.DYNAMIC_BROKER_CONFIG,
            ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG,
            ConfigSource.STATIC_BROKER_CONFIG);

    private final SortedMap<String, String> ownValues;
    private final SortedMap<String, String> valuesOfAll;
    private final SettingValues startValues;

    /// @param ownValues what was set for this broker, by name
    /// @param valuesOfAll what was set for every broker, by name
    /// @param startValues what the process was given
    public EffectiveBrokerConfig(
            SortedMap<String, String> ownValues, SortedMap<String, String> valuesOfAll, SettingValues startValues) {
        this.ownValues = ownValues;
        this.valuesOfAll = valuesOfAll;
        this.startValues = startValues;
    }

    /// The value in effect and where it comes from.
    ///
    /// @param candidates every value that was given and the default, the one in effect first
    public record Entry(Setting<?> setting, String text, ConfigSource source, List<Candidate> candidates) {}

    /// What counts when nothing was set since the start.
    public static EffectiveBrokerConfig atStart(SettingValues startValues) {
        return new EffectiveBrokerConfig(new TreeMap<>(), new TreeMap<>(), startValues);
    }

    /// The value in effect.
    public <T> T value(Setting<T> setting) {
        return Invariant.present(setting.type().parse(entry(setting).text()), "an effective value is not readable");
    }

    public Entry entry(Setting<?> setting) {
        List<Synonym> synonyms = TopicSettings.synonymsFrom(setting);
        long ownFactor = synonyms.getFirst().factor();
        List<Candidate> candidates = new ArrayList<>();
        String inEffect = null;
        for (ConfigSource source : SOURCES) {
            for (Synonym synonym : synonyms) {
                String given = given(synonym.setting(), source);
                if (given != null) {
                    candidates.add(new Candidate(synonym.setting().name(), given, source));
                    inEffect = inEffect == null ? synonym.text(given, ownFactor) : inEffect;
                }
            }
        }
        Setting<?> last = synonyms.getLast().setting();
        candidates.add(new Candidate(last.name(), last.defaultText(), ConfigSource.DEFAULT_CONFIG));
        return new Entry(
                setting,
                inEffect == null ? setting.defaultText() : inEffect,
                candidates.getFirst().source(),
                List.copyOf(candidates));
    }

    /// The text that a source gives; null when it gives none that counts.
    @Nullable
    String given(Setting<?> setting, ConfigSource source) {
        return switch (source) {
            case DYNAMIC_BROKER_CONFIG -> dynamic(setting, ownValues);
            case DYNAMIC_DEFAULT_BROKER_CONFIG -> dynamic(setting, valuesOfAll);
            case STATIC_BROKER_CONFIG -> startValues.text(setting);
            case DYNAMIC_TOPIC_CONFIG, DEFAULT_CONFIG -> null;
        };
    }

    private static @Nullable String dynamic(Setting<?> setting, SortedMap<String, String> values) {
        String text = setting.dynamic() ? values.get(setting.name()) : null;
        return text != null && setting.type().parse(text) != null ? text : null;
    }
}
