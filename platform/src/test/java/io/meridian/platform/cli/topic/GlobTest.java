package io.meridian.platform.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void starStandsForAnyCharacters() {
        assertThat(Glob.matches("orders", "orders")).isTrue();
        assertThat(Glob.matches("ord*", "orders")).isTrue();
        assertThat(Glob.matches("*ers", "orders")).isTrue();
        assertThat(Glob.matches("*r*r*", "orders")).isTrue();
        assertThat(Glob.matches("*", "")).isTrue();
        assertThat(Glob.matches("order", "orders")).isFalse();
        assertThat(Glob.matches("*x*", "orders")).isFalse();
        assertThat(Glob.matches("o.ders", "orders")).isFalse();
        assertThat(Glob.matches("*ab", "aab")).isTrue();
    }
}
