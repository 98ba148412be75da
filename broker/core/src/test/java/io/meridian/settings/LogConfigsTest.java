package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.log.FlushPolicy;
import io.meridian.log.LogConfig;
import io.meridian.protocol.record.BatchValidation;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogConfigsTest {
    @Test
    void nothingConfiguredGivesTheDefaultsOfTheLog() {
        assertThat(config(Map.of(), Map.of())).isEqualTo(LogConfig.DEFAULT);
    }

    @Test
    void topicsValuesReachTheLog() {
        LogConfig config = config(
                Map.of(
                        "flush.policy", "os",
                        "produce.batch.validation", "strict",
                        "cleanup.policy", "compact",
                        "max.compaction.lag.ms", "1000",
                        "message.timestamp.type", "LogAppendTime"),
                Map.of("log.segment.bytes", "2000000", "producer.id.expiration.ms", "77"));

        assertThat(config.flushPolicy()).isEqualTo(FlushPolicy.OS);
        assertThat(config.batchValidation()).isEqualTo(BatchValidation.STRICT);
        assertThat(config.compacted()).isTrue();
        assertThat(config.logAppendTime()).isTrue();
        assertThat(config.segmentMs()).isEqualTo(1000L);
        assertThat(config.segmentBytes()).isEqualTo(2_000_000);
        assertThat(config.producerIdExpirationMs()).isEqualTo(77L);
    }

    @Test
    void internalTopicIsSyncedWhateverTheSettings() {
        BrokerConfig broker = broker(Map.of("flush.policy", "os"));
        EffectiveTopicConfig topic =
                new EffectiveTopicConfig(new TreeMap<>(), EffectiveBrokerConfig.atStart(broker.topicDefaults()));

        assertThat(LogConfigs.of(topic, broker).flushPolicy()).isEqualTo(FlushPolicy.OS);
        assertThat(LogConfigs.ofInternal(topic, broker).flushPolicy()).isEqualTo(FlushPolicy.ACK);
    }

    private static LogConfig config(Map<String, String> topic, Map<String, String> given) {
        BrokerConfig broker = broker(given);
        return LogConfigs.of(
                new EffectiveTopicConfig(new TreeMap<>(topic), EffectiveBrokerConfig.atStart(broker.topicDefaults())),
                broker);
    }

    private static BrokerConfig broker(Map<String, String> given) {
        return switch (BrokerConfig.read(given)) {
            case BrokerConfig.Read.Config(BrokerConfig config) -> config;
            case BrokerConfig.Read.Refused refused -> throw new AssertionError(refused);
        };
    }
}
