package io.meridian.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressKeyTest {
    @Test
    void aNetworkOfSixtyFourBitsIsOneAddress() {
        assertThat(key("2001:db8:0:1::1")).isEqualTo(key("2001:db8:0:1:ffff:ffff:ffff:ffff"));
        assertThat(key("2001:db8:0:1::1")).isNotEqualTo(key("2001:db8:0:2::1"));
    }

    @Test
    void ofTheOldProtocolEachAddressIsOne() {
        assertThat(key("10.0.0.1")).isEqualTo("10.0.0.1");
        assertThat(key("::ffff:10.0.0.1")).isEqualTo("10.0.0.1");
    }

    private static String key(String literal) {
        return AddressKey.of(InetAddress.ofLiteral(literal));
    }
}
