package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.settings.EffectiveTopicConfig.Candidate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EffectiveBrokerConfigTest {
    @Test
    void ownValueCountsBeforeThatOfAllBeforeTheFileBeforeTheDefault() {
        EffectiveBrokerConfig config = config(
                Map.of("message.max.bytes", "1"), Map.of("message.max.bytes", "2"), Map.of("message.max.bytes", "3"));

        assertThat(config.value(BrokerSettings.MESSAGE_MAX_BYTES)).isEqualTo(1);
        assertThat(config.entry(BrokerSettings.MESSAGE_MAX_BYTES).candidates())
                .containsExactly(
                        new Candidate("message.max.bytes", "1", ConfigSource.DYNAMIC_BROKER_CONFIG),
                        new Candidate("message.max.bytes", "2", ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG),
                        new Candidate("message.max.bytes", "3", ConfigSource.STATIC_BROKER_CONFIG),
                        new Candidate("message.max.bytes", "1048588", ConfigSource.DEFAULT_CONFIG));
    }

    @Test
    void storedValueThatMeansNothingTodayDoesNotCount() {
        EffectiveBrokerConfig config =
                config(Map.of("message.max.bytes", "much", "node.id", "9"), Map.of(), Map.of("node.id", "4"));

        assertThat(config.value(BrokerSettings.MESSAGE_MAX_BYTES)).isEqualTo(1_048_588);
        assertThat(config.value(BrokerSettings.NODE_ID)).isEqualTo(4);
    }

    @Test
    void valueSetWhileRunningCountsForTopicsBeforeAFinerOneOfTheFile() {
        EffectiveBrokerConfig broker =
                config(Map.of(), Map.of("log.retention.ms", "7"), Map.of("log.retention.minutes", "3"));
        EffectiveTopicConfig topic = new EffectiveTopicConfig(new TreeMap<>(), broker);

        EffectiveTopicConfig.Entry entry = topic.entry(TopicSettings.RETENTION_MS);

        assertThat(entry.text()).isEqualTo("7");
        assertThat(entry.source()).isEqualTo(ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
        assertThat(entry.candidates())
                .extracting(Candidate::name)
                .containsExactly("log.retention.ms", "log.retention.minutes", "log.retention.hours");
    }

    @Test
    void coarserSynonymCountsWhereTheFinerOneIsNotGiven() {
        EffectiveBrokerConfig config = config(Map.of(), Map.of(), Map.of("log.retention.hours", "2"));

        assertThat(config.value(LogSettings.RETENTION_MS)).isEqualTo(7_200_000L);
        assertThat(config.value(LogSettings.RETENTION_MINUTES)).isEqualTo(120);
        assertThat(config.entry(LogSettings.RETENTION_MS).candidates())
                .containsExactly(
                        new Candidate("log.retention.hours", "2", ConfigSource.STATIC_BROKER_CONFIG),
                        new Candidate("log.retention.hours", "168", ConfigSource.DEFAULT_CONFIG));
        assertThat(config(Map.of(), Map.of(), Map.of("log.retention.hours", "-1"))
                        .value(LogSettings.RETENTION_MS))
                .isEqualTo(-1L);
    }

    private static EffectiveBrokerConfig config(
            Map<String, String> own, Map<String, String> all, Map<String, String> start) {
        if (BrokerSettings.CATALOGUE.read(start) instanceof SettingCatalogue.Read.Values(SettingValues values)) {
            return new EffectiveBrokerConfig(new TreeMap<>(own), new TreeMap<>(all), values);
        }
        throw new AssertionError("refused: " + start);
    }
}
