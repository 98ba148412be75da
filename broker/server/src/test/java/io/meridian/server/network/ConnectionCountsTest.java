package io.meridian.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.server.network.ConnectionCounts.Admission;
import io.meridian.settings.ConnectionLimits;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {
    private final ConnectionCounts counts = new ConnectionCounts(limits(3, 2));

    @Test
    void anAddressHasItsShare() {
        assertThat(counts.open("a")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.open("a")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.open("a")).isEqualTo(Admission.TOO_MANY_OF_ADDRESS);
        assertThat(counts.open("b")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.open("c")).isEqualTo(Admission.TOO_MANY);
        assertThat(counts.total()).isEqualTo(3);
    }

    @Test
    void aClosedConnectionMakesRoom() {
        counts.open("a");
        counts.open("a");
        counts.close("a");
        assertThat(counts.open("a")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.total()).isEqualTo(2);
    }

    @Test
    void otherLimitsCountForTheConnectionsThatCome() {
        counts.open("a");
        counts.open("a");
        counts.limit(limits(4, 1));
        assertThat(counts.open("a")).isEqualTo(Admission.TOO_MANY_OF_ADDRESS);
        assertThat(counts.open("b")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.total()).isEqualTo(3);
        counts.limit(limits(9, 9));
        assertThat(counts.open("a")).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void anOverrideCountsInsteadForItsAddress() {
        counts.limit(new ConnectionLimits(9, 1, new TreeMap<>(Map.of("10.0.0.7", 2, "2001:db8::1", 0)), 1, 1));
        assertThat(counts.open("10.0.0.7")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.open("10.0.0.7")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.open("10.0.0.7")).isEqualTo(Admission.TOO_MANY_OF_ADDRESS);
        assertThat(counts.open(AddressKey.of(InetAddress.ofLiteral("2001:db8::ffff"))))
                .isEqualTo(Admission.TOO_MANY_OF_ADDRESS);
        assertThat(counts.open("10.0.0.8")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.open("10.0.0.8")).isEqualTo(Admission.TOO_MANY_OF_ADDRESS);
    }

    private static ConnectionLimits limits(int totalMax, int perAddressMax) {
        return new ConnectionLimits(totalMax, perAddressMax, new TreeMap<>(), 1, 1);
    }
}
