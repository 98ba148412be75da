package io.meridian.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreationRateTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int PER_SECOND = 1_000;
    private static final int PER_ADDRESS = 100;

    private final CreationRate rate = new CreationRate(PER_SECOND, PER_ADDRESS, 0);

    @Test
    void aBurstOfASecondsWorthIsNotDelayed() {
        assertThat(delays("a", PER_ADDRESS, 0)).containsOnly(0L);
        assertThat(rate.delayNs("a", 0)).isEqualTo(SECOND_NS / PER_ADDRESS);
    }

    @Test
    void aFloodIsDelayedForFiveSecondsWorthAndThenRefused() {
        List<Long> delays = delays("a", 2_000, 0);

        assertThat(delays.stream().filter(delay -> delay == CreationRate.REFUSED))
                .hasSize(2_000 - PER_ADDRESS - 5 * PER_ADDRESS);
        assertThat(delays).allMatch(delay -> delay <= CreationRate.DELAY_MAX_NS);
    }

    @Test
    void turnsOfOneAddressAreAtItsRate() {
        List<Long> turns = delays("a", 300, 0);

        for (int turn = PER_ADDRESS; turn < turns.size(); turn++) {
            assertThat(turns.get(turn)).isEqualTo((turn - PER_ADDRESS + 1) * SECOND_NS / PER_ADDRESS);
        }
    }

    @Test
    void addressesDoNotDelayEachOther() {
        delays("a", 2_000, 0);
        assertThat(delays("b", PER_ADDRESS, 0)).containsOnly(0L);
    }

    @Test
    void whatWasNotUsedIsSavedUpForOneSecondAndNoLonger() {
        delays("a", PER_ADDRESS, 0);
        assertThat(delays("a", 50, SECOND_NS / 2)).containsOnly(0L);
        assertThat(rate.delayNs("a", SECOND_NS / 2)).isPositive();
        assertThat(delays("a", PER_ADDRESS, 60 * SECOND_NS)).containsOnly(0L);
        assertThat(rate.delayNs("a", 60 * SECOND_NS)).isPositive();
    }

    @Test
    void allAddressesTogetherPauseThePort() {
        for (int address = 0; address < PER_SECOND; address++) {
            assertThat(rate.pauseNs(0)).isZero();
            rate.delayNs("address " + address, 0);
        }
        assertThat(rate.pauseNs(0)).isEqualTo(SECOND_NS / PER_SECOND);
        assertThat(rate.pauseNs(SECOND_NS)).isZero();
    }

    @Test
    void refusedConnectionsDoNotPauseThePort() {
        delays("a", 100_000, 0);
        assertThat(rate.pauseNs(0)).isZero();
    }

    private List<Long> delays(String address, int connections, long nowNs) {
        return new ArrayList<>(IntStream.range(0, connections)
                .mapToObj(_ -> rate.delayNs(address, nowNs))
                .toList());
    }
}
