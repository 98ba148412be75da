package io.meridian.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.server.network.ConnectionCounts.Admission;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {
    private final ConnectionCounts counts = new ConnectionCounts(3, 2);

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
        counts.limit(4, 1);
        assertThat(counts.open("a")).isEqualTo(Admission.TOO_MANY_OF_ADDRESS);
        assertThat(counts.open("b")).isEqualTo(Admission.ADMITTED);
        assertThat(counts.total()).isEqualTo(3);
        counts.limit(9, 9);
        assertThat(counts.open("a")).isEqualTo(Admission.ADMITTED);
    }
}
