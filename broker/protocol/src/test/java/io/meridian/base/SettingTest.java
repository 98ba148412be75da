package io.meridian.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.base.Setting.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    private static final Setting<Integer> SIZE = Setting.process("size.bytes", SettingType.int32(10, 20), 15)
            .in(Unit.BYTES)
            .meaning("A size.");

    @ParameterizedTest
    @ValueSource(strings = {"9", "21", "", "x", "1.5", "99999999999999999999", "0x10", "1 0"})
    void numberOutOfBoundsOrNoNumberIsRefusedWithWhatIsExpected(String text) {
        Setting.Parsed<Integer> parsed = SIZE.parse(text);

        assertThat(parsed)
                .isEqualTo(new Setting.Parsed.Refused<Integer>(
                        new SettingRefusal("size.bytes", text, "a whole number from 10 to 20, in bytes")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "20", " 15 "})
    void bothBoundsAreTakenAndBlanksAroundDoNotMatter(String text) {
        assertThat(SIZE.parse(text)).isEqualTo(new Setting.Parsed.Value<>(Integer.valueOf(text.trim())));
    }

    @Test
    void longBoundsDoNotWrap() {
        SettingType<Long> type = SettingType.int64From(-1);

        assertThat(type.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(type.parse("9223372036854775808")).isNull();
        assertThat(type.parse("-2")).isNull();
    }

    @Test
    void decimalTakesNoNumberThatIsNone() {
        SettingType<Double> type = SettingType.decimal(0, 1);

        assertThat(type.parse("0.5")).isEqualTo(0.5);
        assertThat(type.parse("NaN")).isNull();
        assertThat(type.parse("1.01")).isNull();
        assertThat(type.parse("Infinity")).isNull();
    }

    @Test
    void truthHasTwoWords() {
        SettingType<Boolean> type = SettingType.bool();

        assertThat(type.parse("TRUE")).isTrue();
        assertThat(type.parse("false")).isFalse();
        assertThat(type.parse("yes")).isNull();
        assertThat(type.parse("")).isNull();
    }

    @Test
    void listTakesKnownEntriesOnce() {
        SettingType<List<String>> type = SettingType.list(List.of("compact", "delete"));

        assertThat(type.parse("compact, delete")).containsExactly("compact", "delete");
        assertThat(type.parse("")).isEmpty();
        assertThat(type.parse("delete,delete")).isNull();
        assertThat(type.parse("delete,")).isNull();
        assertThat(type.parse("burn")).isNull();
    }

    @Test
    void specialNumberStandsBesideARange() {
        SettingType<Integer> type = SettingType.int32Or(-1, 1, 9);

        assertThat(type.parse("-1")).isEqualTo(-1);
        assertThat(type.parse("9")).isEqualTo(9);
        assertThat(type.parse("0")).isNull();
        assertThat(type.expected()).isEqualTo("-1 or a whole number from 1 to 9");
    }

    @Test
    void refusalIsOneLineWhateverWasFound() {
        String message = new SettingRefusal("a\nb", "x".repeat(500) + "\r\n", "a number").message();

        assertThat(message).doesNotContain("\n").doesNotContain("\r").hasSizeLessThan(300);
    }

    @Test
    void sensitiveValueIsNotRepeated() {
        Setting<Integer> secret =
                Setting.process("pin", SettingType.int32(0, 9), 0).sensitive().meaning("A pin.");

        assertThat(secret.parse("1234").toString()).doesNotContain("1234");
    }

    @Test
    void declarationWhoseDefaultIsRefusedDoesNotComeIntoBeing() {
        Setting.Builder<Integer> builder = Setting.process("size", SettingType.int32(1, 2), 3);

        assertThatThrownBy(() -> builder.meaning("A size.")).isInstanceOf(InvariantBroken.class);
    }
}
