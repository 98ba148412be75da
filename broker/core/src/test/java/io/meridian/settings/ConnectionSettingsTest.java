package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
    @Test
    void limitsAreOnWithoutBeingAskedFor() {
        ConnectionLimits limits = config(Map.of()).network().limits();

        assertThat(limits.totalMax()).isEqualTo(10_000);
        assertThat(limits.perAddressMax()).isEqualTo(500);
        assertThat(limits.creationRatePerAddress()).isEqualTo(100);
        assertThat(limits.perAddressOverrides()).isEmpty();
    }

    @Test
    void overridesNameAddressesOfBothKinds() {
        assertThat(config(Map.of("max.connections.per.ip.overrides", "10.0.0.7:2000, [2001:db8::1]:50,::1:3"))
                        .network()
                        .limits()
                        .perAddressOverrides())
                .containsOnly(Map.entry("10.0.0.7", 2_000), Map.entry("2001:db8::1", 50), Map.entry("::1", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:5",
                "10.0.0.7",
                "10.0.0.7:-1",
                "10.0.0:5",
                "10.0.0.256:5",
                "10.0.0.7:1,10.0.0.7:2",
                ":5"
            })
    void overridesThatNameNoAddressAreRefused(String text) {
        assertThat(BrokerConfig.read(Map.of("max.connections.per.ip.overrides", text)))
                .isInstanceOf(BrokerConfig.Read.Refused.class);
    }

    private static BrokerConfig config(Map<String, String> given) {
        return switch (BrokerConfig.read(given)) {
            case BrokerConfig.Read.Config(BrokerConfig config) -> config;
            case BrokerConfig.Read.Refused refused -> throw new AssertionError(refused);
        };
    }
}
