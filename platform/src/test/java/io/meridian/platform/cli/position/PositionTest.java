package io.meridian.platform.cli.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.platform.terminal.Refused;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    private static final ZonedDateTime NOW =
            Instant.parse("2026-06-15T12:00:00Z").atZone(ZoneId.of("Europe/Berlin"));

    @Test
    void wordsAndNumbers() {
        assertThat(parse("beginning")).isEqualTo(new Position.Beginning(0));
        assertThat(parse("beginning+5")).isEqualTo(new Position.Beginning(5));
        assertThat(parse("end")).isEqualTo(new Position.End(0));
        assertThat(parse("end-10")).isEqualTo(new Position.End(10));
        assertThat(parse("42")).isEqualTo(new Position.Offset(42));
        assertThat(parse("current")).isEqualTo(new Position.Current(0));
        assertThat(parse("current-3")).isEqualTo(new Position.Current(-3));
        assertThat(parse("current+3")).isEqualTo(new Position.Current(3));
    }

    @Test
    void times() {
        assertThat(parse("@1700000000000")).isEqualTo(new Position.Time(1_700_000_000_000L));
        assertThat(parse("2026-06-15T10:00:00Z")).isEqualTo(at("2026-06-15T10:00:00Z"));
        assertThat(parse("2026-06-15T10:00:00.123+02:00")).isEqualTo(at("2026-06-15T08:00:00.123Z"));
        assertThat(parse("2026-06-15T10:00")).isEqualTo(at("2026-06-15T08:00:00Z"));
        assertThat(parse("2026-06-15")).isEqualTo(at("2026-06-14T22:00:00Z"));
    }

    @Test
    void agesCountBackFromNow() {
        assertThat(parse("90s")).isEqualTo(at("2026-06-15T11:58:30Z"));
        assertThat(parse("15m")).isEqualTo(at("2026-06-15T11:45:00Z"));
        assertThat(parse("2h")).isEqualTo(at("2026-06-15T10:00:00Z"));
        assertThat(parse("7d")).isEqualTo(at("2026-06-08T12:00:00Z"));
        assertThat(parse("250ms")).isEqualTo(at("2026-06-15T11:59:59.750Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "beginning-1",
                "end+1",
                "-1",
                "1.5",
                "yesterday",
                "2026-13-01",
                "2026-02-30",
                "10:00",
                "@",
                "@-1",
                "99999999999999999999",
                "end-99999999999999999999",
                "5 m",
                "99999999999999999d",
                "2026-01-01T25:00"
            })
    void anythingElseIsRefusedWithWhatIsExpected(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("--from: found '" + text + "', expected beginning");
    }

    private static Position parse(String text) {
        return Position.parse("--from", text, NOW);
    }

    private static Position at(String instant) {
        return new Position.Time(Instant.parse(instant).toEpochMilli());
    }
}
