package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.settings.EffectiveTopicConfig.Candidate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EffectiveTopicConfigTest {
    @Test
    void ownValueCountsBeforeTheBrokersAndTheDefault() {
        EffectiveTopicConfig config = config(Map.of("retention.ms", "5"), Map.of("log.retention.ms", "7"));

        EffectiveTopicConfig.Entry entry = config.entry(TopicSettings.RETENTION_MS);

        assertThat(entry.text()).isEqualTo("5");
        assertThat(entry.source()).isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(entry.candidates())
                .containsExactly(
                        new Candidate("retention.ms", "5", ConfigSource.DYNAMIC_TOPIC_CONFIG),
                        new Candidate("log.retention.ms", "7", ConfigSource.STATIC_BROKER_CONFIG),
                        new Candidate("log.retention.hours", "168", ConfigSource.DEFAULT_CONFIG));
    }

    @Test
    void brokersValueCountsInTheTopicsUnit() {
        EffectiveTopicConfig config = config(Map.of(), Map.of("log.retention.hours", "2"));

        assertThat(config.value(TopicSettings.RETENTION_MS)).isEqualTo(7_200_000L);
        assertThat(config.entry(TopicSettings.RETENTION_MS).source()).isEqualTo(ConfigSource.STATIC_BROKER_CONFIG);
        assertThat(config.entry(TopicSettings.RETENTION_MS).candidates())
                .first()
                .isEqualTo(new Candidate("log.retention.hours", "2", ConfigSource.STATIC_BROKER_CONFIG));
    }

    @Test
    void finerUnitCountsBeforeTheCoarser() {
        EffectiveTopicConfig config = config(
                Map.of(),
                Map.of(
                        "log.retention.hours",
                        "2",
                        "log.retention.minutes",
                        "3",
                        "log.roll.hours",
                        "1",
                        "log.roll.ms",
                        "9"));

        assertThat(config.value(TopicSettings.RETENTION_MS)).isEqualTo(180_000L);
        assertThat(config.value(TopicSettings.SEGMENT_MS)).isEqualTo(9L);
    }

    @Test
    void noLimitStaysNoLimitInAnyUnit() {
        assertThat(config(Map.of(), Map.of("log.retention.hours", "-1")).value(TopicSettings.RETENTION_MS))
                .isEqualTo(-1L);
    }

    @Test
    void defaultIsNamedAfterTheBrokersSetting() {
        EffectiveTopicConfig.Entry entry = config(Map.of(), Map.of()).entry(TopicSettings.SEGMENT_BYTES);

        assertThat(entry.source()).isEqualTo(ConfigSource.DEFAULT_CONFIG);
        assertThat(entry.text()).isEqualTo("1073741824");
        assertThat(entry.candidates())
                .containsExactly(new Candidate("log.segment.bytes", "1073741824", ConfigSource.DEFAULT_CONFIG));
    }

    @Test
    void storedValueThatIsRefusedTodayDoesNotCount() {
        EffectiveTopicConfig config = config(Map.of("segment.bytes", "junk"), Map.of());

        assertThat(config.value(TopicSettings.SEGMENT_BYTES)).isEqualTo(1 << 30);
    }

    @Test
    void everySettingHasAReadableValue() {
        EffectiveTopicConfig config = config(Map.of(), Map.of());

        assertThat(config.entries()).hasSameSizeAs(TopicSettings.IN_ORDER);
        for (TopicSetting<?> setting : TopicSettings.IN_ORDER) {
            assertThat(config.value(setting)).as(setting.name()).isNotNull();
        }
    }

    private static EffectiveTopicConfig config(Map<String, String> topic, Map<String, String> broker) {
        return switch (BrokerSettings.CATALOGUE.read(broker)) {
            case SettingCatalogue.Read.Values(SettingValues values) ->
                new EffectiveTopicConfig(new TreeMap<>(topic), EffectiveBrokerConfig.atStart(values));
            case SettingCatalogue.Read.Refused refused -> throw new AssertionError(refused);
        };
    }
}
