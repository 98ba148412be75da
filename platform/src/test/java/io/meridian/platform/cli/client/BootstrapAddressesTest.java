package io.meridian.platform.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.platform.terminal.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapAddressesTest {
    @Test
    void severalAddressesAndBrackets() {
        assertThat(BootstrapAddresses.parse("a:1, b.example:65535,[::1]:9092").text())
                .isEqualTo("a:1,b.example:65535,[::1]:9092");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", ":9092", "a:0", "a:65536", "a:x", "::1:9092", "a:1,,b:2", "a:1,"})
    void anythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> BootstrapAddresses.parse(text))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("expected HOST:PORT, for example 127.0.0.1:9092");
    }
}
