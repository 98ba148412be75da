package io.meridian.server.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final int LIMIT = 256;
    private static final int RESERVE = 64;

    private long counted = 100;
    private long nowNs;
    private final OpenFiles files = new OpenFiles(LIMIT, RESERVE, () -> counted, () -> nowNs);

    @Test
    void connectionsLeaveTheReserveAlone() {
        int let = 0;
        while (files.admitsConnection()) {
            let++;
        }
        assertThat(let).isEqualTo(LIMIT - 100 - RESERVE);
        assertThat(files.isLow()).isTrue();
    }

    @Test
    void newLogsMayTakeHalfOfTheReserve() {
        counted = LIMIT - RESERVE;
        later();
        assertThat(files.admitsConnection()).isFalse();
        assertThat(files.admitsFiles(RESERVE / 2)).isTrue();
        assertThat(files.admitsFiles(1)).isFalse();
    }

    @Test
    void whatWasClosedIsFoundOutBeforeLong() {
        counted = LIMIT;
        later();
        assertThat(files.admitsConnection()).isFalse();
        counted = 100;
        assertThat(files.admitsConnection()).isFalse();
        later();
        assertThat(files.admitsConnection()).isTrue();
        assertThat(files.isLow()).isFalse();
    }

    @Test
    void aSystemThatCannotEvenBeAskedHasNoneLeft() {
        counted = -1;
        later();
        assertThat(files.admitsConnection()).isFalse();
        assertThat(files.admitsFiles(1)).isFalse();
    }

    @Test
    void withoutALimitEverythingIsAdmitted() {
        OpenFiles unlimited = OpenFiles.unlimited();
        assertThat(unlimited.admitsConnection()).isTrue();
        assertThat(unlimited.admitsFiles(Integer.MAX_VALUE)).isTrue();
        assertThat(unlimited.isLow()).isFalse();
    }

    private void later() {
        nowNs += TimeUnit.SECONDS.toNanos(1);
    }
}
