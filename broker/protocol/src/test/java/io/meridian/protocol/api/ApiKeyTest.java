package io.meridian.protocol.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.protocol.message.MessageTypes;
import java.util.Arrays;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    @Test
    void numbersNamesAndVersionsAreThoseOfKafka() {
        assertThat(Arrays.stream(ApiKey.values()).map(key -> key.number() + " " + key + " " + key.apiName()))
                .containsExactlyElementsOf(Arrays.stream(ApiKeys.values())
                        .map(key -> key.id + " " + key.name() + " " + key.name)
                        .toList());
        for (ApiKeys kafka : ApiKeys.values()) {
            ApiKey ours = ApiKey.valueOf(kafka.name());
            assertThat(ApiKey.of(kafka.id)).isSameAs(ours);
            assertThat(ours.hasVersions()).as(kafka.name).isEqualTo(kafka.hasValidVersion());
            if (kafka.hasValidVersion()) {
                assertThat(MessageTypes.lowestVersion(kafka.id)).isEqualTo(kafka.oldestVersion());
                assertThat(MessageTypes.highestVersion(kafka.id)).isEqualTo(kafka.latestVersion(true));
                assertThat(MessageTypes.highestStableVersion(kafka.id)).isEqualTo(kafka.latestVersion(false));
            }
        }
    }

    @Test
    void numbersOutsideTheTableHaveNoKey() {
        assertThat(ApiKey.of((short) -1)).isNull();
        assertThat(ApiKey.of((short) ApiKey.values().length)).isNull();
        assertThat(ApiKey.of(Short.MAX_VALUE)).isNull();
    }
}
