package io.meridian.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlightsReportTest {
    private static final Flight FIRST = new Flight("2001/01/01 00:47", 66, 1750, "DTW", "LAS");
    private static final Flight SECOND = new Flight("2001/01/01 00:47", 10, 1750, "DTW", "LAS");
    private final FlightsReport report = new FlightsReport(List.of(FIRST, SECOND));

    @Test
    void allFlightsOnceInOrderAreComplete() {
        report.found(0, "DTW", FIRST);
        report.found(1, "DTW", SECOND);

        assertThat(report.complete()).isTrue();
        assertThat(report.text()).contains("DTW    2 flights, mean delay 38.0 min");
    }

    @Test
    void aFlightThatDidNotComeIsMissing() {
        report.found(1, "DTW", SECOND);

        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void aFlightThatCameTwiceIsDoubled() {
        report.found(0, "DTW", FIRST);
        report.found(1, "DTW", SECOND);
        report.found(1, "DTW", SECOND);

        assertThat(report.doubled()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void anEarlierFlightAfterALaterOneIsOutOfOrder() {
        report.found(1, "DTW", SECOND);
        report.found(0, "DTW", FIRST);

        assertThat(report.reordered()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void aFlightUnderAnotherNumberIsDifferent() {
        report.found(0, "DTW", SECOND);

        assertThat(report.different()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
    }
}
