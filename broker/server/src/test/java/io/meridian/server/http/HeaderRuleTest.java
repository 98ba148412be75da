package io.meridian.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class HeaderRuleTest {
    @Test
    void ordinaryHeadersAreAllowed() {
        assertThat(HeaderRule.allows(headers("Host", "localhost", "User-Agent", "curl/8 (x86; ü)")))
                .isTrue();
    }

    @Test
    void namesConsistOfTokenCharacters() {
        assertThat(HeaderRule.isToken("X-Custom_1")).isTrue();
        for (String name : new String[] {"", "a b", "a:b", "a\tb", "(a)", "a\u0000", "ä", "a\u017f"}) {
            assertThat(HeaderRule.isToken(name)).as(name).isFalse();
        }
    }

    @Test
    void valuesHaveNoControlCharacters() {
        assertThat(HeaderRule.allows(headers("a", "x\u0001y"))).isFalse();
        assertThat(HeaderRule.allows(headers("a", "x\u007fy"))).isFalse();
        assertThat(HeaderRule.allows(headers("a", "x\ty"))).isTrue();
    }

    @Test
    void theLengthOfABodyIsSaidOnceAndOneWay() {
        assertThat(HeaderRule.allows(headers("Content-Length", "1", "Content-Length", "2")))
                .isFalse();
        assertThat(HeaderRule.allows(headers("Content-Length", "1", "Transfer-Encoding", "chunked")))
                .isFalse();
        assertThat(HeaderRule.allows(headers("Host", "a", "Host", "b"))).isFalse();
    }

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            headers.add(namesAndValues[index], namesAndValues[index + 1]);
        }
        return headers;
    }
}
