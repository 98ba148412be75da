package io.meridian.codecgenerator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    @ParameterizedTest
    @ValueSource(strings = {"none", "3", "3+", "3-13"})
    void textIsReadBack(String text) {
        assertThat(VersionRange.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0+, true",
        "3-13, true",
        "9+, version >= 9",
        "0-8, version <= 8",
        "5-7, version >= 5 && version <= 7",
        "13+, version == 13",
        "3, version == 3",
        "14+, false",
        "none, false"
    })
    void aConditionSaysNoMoreThanIsNotKnown(String range, String condition) {
        assertThat(VersionRange.parse(range).condition(VersionRange.parse("3-13")))
                .isEqualTo(condition);
    }

    @Test
    void rangesThatDoNotMeetHaveNothingInCommon() {
        VersionRange low = VersionRange.parse("0-3");

        assertThat(low.intersect(VersionRange.parse("4+"))).isEqualTo(VersionRange.NONE);
        assertThat(low.intersect(VersionRange.parse("2+"))).hasToString("2-3");
        assertThat(low.covers(VersionRange.NONE)).isTrue();
        assertThat(low.covers(VersionRange.parse("3-4"))).isFalse();
    }
}
