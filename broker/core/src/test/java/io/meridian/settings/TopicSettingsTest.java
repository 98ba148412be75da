package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SettingRefusal;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {
    @Test
    void everyNameThatKafkaHasIsKnown() throws IllegalAccessException {
        List<Field> names = Arrays.stream(TopicConfig.class.getFields())
                .filter(field -> field.getName().endsWith("_CONFIG"))
                .toList();

        assertThat(names).hasSizeGreaterThan(30);
        for (Field name : names) {
            assertThat(TopicSettings.CATALOGUE.byName((String) name.get(null)))
                    .as(name.getName())
                    .isNotNull();
        }
    }

    @Test
    void listedInTheOrderOfNames() {
        assertThat(TopicSettings.IN_ORDER).extracting(TopicSetting::name).isSorted();
    }

    @Test
    void synonymsHaveTheSameDefaultInTheirOwnUnits() {
        for (TopicSetting<?> setting : TopicSettings.IN_ORDER) {
            for (TopicSetting.Synonym synonym : setting.synonyms()) {
                assertThat(synonym.topicText(synonym.setting().defaultText()))
                        .as(setting.name() + " and " + synonym.setting().name())
                        .isEqualTo(setting.setting().defaultText());
            }
        }
    }

    @Test
    void synonymsAreSettingsOfTheProcess() {
        for (TopicSetting<?> setting : TopicSettings.IN_ORDER) {
            for (TopicSetting.Synonym synonym : setting.synonyms()) {
                assertThat(BrokerSettings.CATALOGUE.byName(synonym.setting().name()))
                        .isSameAs(synonym.setting());
            }
        }
    }

    @Test
    void defaultsAreKafkas() {
        Map<String, String> kafka = Map.ofEntries(
                Map.entry("cleanup.policy", "delete"),
                Map.entry("compression.gzip.level", "-1"),
                Map.entry("compression.lz4.level", "9"),
                Map.entry("compression.type", "producer"),
                Map.entry("compression.zstd.level", "3"),
                Map.entry("delete.retention.ms", "86400000"),
                Map.entry("file.delete.delay.ms", "60000"),
                Map.entry("flush.messages", "9223372036854775807"),
                Map.entry("flush.ms", "9223372036854775807"),
                Map.entry("index.interval.bytes", "4096"),
                Map.entry("local.retention.bytes", "-2"),
                Map.entry("local.retention.ms", "-2"),
                Map.entry("max.compaction.lag.ms", "9223372036854775807"),
                Map.entry("max.message.bytes", "1048588"),
                Map.entry("message.timestamp.after.max.ms", "3600000"),
                Map.entry("message.timestamp.before.max.ms", "9223372036854775807"),
                Map.entry("message.timestamp.type", "CreateTime"),
                Map.entry("min.cleanable.dirty.ratio", "0.5"),
                Map.entry("min.compaction.lag.ms", "0"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("preallocate", "false"),
                Map.entry("retention.bytes", "-1"),
                Map.entry("retention.ms", "604800000"),
                Map.entry("segment.bytes", "1073741824"),
                Map.entry("segment.index.bytes", "10485760"),
                Map.entry("segment.jitter.ms", "0"),
                Map.entry("segment.ms", "604800000"),
                Map.entry("unclean.leader.election.enable", "false"));

        new TreeMap<>(kafka)
                .forEach((name, text) -> assertThat(TopicSettings.byName(name))
                        .satisfies(setting ->
                                assertThat(setting.setting().defaultText()).isEqualTo(text)));
    }

    @Test
    void unknownNameIsRefusedWithTheNearestKnownOne() {
        SettingRefusal refusal = TopicSettings.CATALOGUE.refusal("retention.mss", "1");

        assertThat(refusal).isNotNull();
        assertThat(refusal.message()).contains("the nearest one is retention.ms");
    }

    @Test
    void lagsOfCompactionMustNotCross() {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("min.compaction.lag.ms", "10");
        values.put("max.compaction.lag.ms", "9");
        assertThat(TopicSettings.conflict(values)).isNotNull();

        values.put("max.compaction.lag.ms", "10");
        assertThat(TopicSettings.conflict(values)).isNull();
    }

    @Test
    void tieredStorageIsNotPretended() {
        assertThat(TopicSettings.conflict(new TreeMap<>(Map.of("remote.storage.enable", "true"))))
                .isNotNull();
        assertThat(TopicSettings.conflict(new TreeMap<>(Map.of("remote.storage.enable", "false"))))
                .isNull();
    }
}
