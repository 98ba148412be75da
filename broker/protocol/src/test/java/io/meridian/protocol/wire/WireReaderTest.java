package io.meridian.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireReaderTest {
    @ParameterizedTest
    @CsvSource({"00, 0", "7f, 127", "8001, 128", "ffff03, 65535", "ffffffff07, 2147483647", "ffffffff0f, -1"})
    void unsignedVarintsHaveUpTo32Bits(String hex, int value) {
        assertThat(reader(hex).readUnsignedVarint("n")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff10", "ffffffff7f", "ffffffff8f01", "80808080808000"})
    void longerVarintsAreRefused(String hex) {
        assertFault(() -> reader(hex).readUnsignedVarint("n"), "n at offset 0: found a varint of more than 32 bits");
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "01, -1", "02, 1", "feffffff0f, 2147483647", "ffffffff0f, -2147483648"})
    void signedVarintsAlternate(String hex, int value) {
        assertThat(reader(hex).readVarint("n")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "01, -1",
        "feffffffffffffffff01, 9223372036854775807",
        "ffffffffffffffffff01, -9223372036854775808"
    })
    void varlongsHaveUpTo64Bits(String hex, long value) {
        assertThat(reader(hex).readVarlong("n")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffffffffff02", "ffffffffffffffffffff01"})
    void longerVarlongsAreRefused(String hex) {
        assertFault(() -> reader(hex).readVarlong("n"), "found a varlong of more than 64 bits");
    }

    @Test
    void numbersAreBigEndianWhateverTheBufferIs() {
        ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex("ff0102030405060708"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(1);

        assertThat(new WireReader(buffer).readInt64("n")).isEqualTo(0x0102030405060708L);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void offsetsAreCountedFromTheStartOfTheFrame() {
        WireReader reader = new WireReader(
                ByteBuffer.wrap(HexFormat.of().parseHex("aaaaaa0001")).position(3));
        reader.readInt16("first");

        assertFault(
                () -> reader.readInt32("second"), "second at offset 2: found 0 more bytes, allowed no fewer than 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fffe", "8000"})
    void negativeStringLengthsAreRefused(String hex) {
        assertFault(() -> reader(hex).readNullableString("s", false), "s at offset 0: found a length of -");
    }

    @Test
    void nullIsRefusedWhereAValueMustBe() {
        assertFault(() -> reader("ffff").readString("s", false), "s at offset 0: found null");
        assertFault(() -> reader("00").readString("s", true), "s at offset 0: found null");
        assertFault(() -> reader("ffffffff").readBytes("b", false), "b at offset 0: found null");
        assertFault(() -> reader("00").readPayload("r", true), "r at offset 0: found null");
        assertFault(() -> readInts(reader("ffffffff"), false), "list at offset 0: found null");
        assertThat(reader("ffff").readNullableString("s", false)).isNull();
        assertThat(reader("00").readNullablePayload("r", true)).isNull();
    }

    @Test
    void compactStringsAreHeldToTheLimitToo() {
        assertFault(
                () -> reader("818002" + "61".repeat(32_768)).readString("s", true),
                "found a length of 32768, allowed 0 to 32767 bytes");
        assertThat(reader("808002" + "61".repeat(32_767)).readString("s", true)).hasSize(32_767);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001ff", "0002c328", "0001c3", "0003eda080", "0002c080", "0004f8888080"})
    void textThatIsNotUtf8IsRefused(String hex) {
        assertFault(() -> reader(hex).readString("s", false), "s at offset 2: found bytes that are not UTF-8");
    }

    @Test
    void theReplacementCharacterItselfIsText() {
        assertThat(reader("0003efbfbd").readString("s", false)).isEqualTo("\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7fffffff00", "8000000000", "fffffffe00", "0000000200000001", "0000271100"})
    void countsBeyondTheFrameAreRefusedBeforeAnythingIsAllocated(String hex) {
        assertFault(() -> readInts(reader(hex), false), "list at offset 0: found a count of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff0f", "8080808008", "ffffffff07"})
    void compactCountsBeyondTheFrameAreRefused(String hex) {
        assertFault(() -> readInts(reader(hex), true), "list at offset 0: found a");
    }

    @Test
    void aListHasAtMostTheElementsOfItsLimit() {
        WireLimits limits = WireLimits.ofElements(3);
        byte[] four = HexFormat.of().parseHex("05" + "00000001".repeat(4));
        byte[] three = HexFormat.of().parseHex("04" + "00000001".repeat(3));

        assertThat(readInts(new WireReader(ByteBuffer.wrap(three), limits), true))
                .containsExactly(1, 1, 1);
        assertFault(
                () -> readInts(new WireReader(ByteBuffer.wrap(four), limits), true),
                "found a count of 4, allowed 0 to 3 elements");
    }

    @Test
    void allListsOfAFrameTogetherHaveALimit() {
        WireLimits limits = new WireLimits(3, 5, 64, 100, 100);
        byte[] twice = HexFormat.of().parseHex(("04" + "00000001".repeat(3)).repeat(2));
        WireReader reader = new WireReader(ByteBuffer.wrap(twice), limits);
        readInts(reader, true);

        assertFault(() -> readInts(reader, true), "list at offset 13: found a count of 3, allowed 0 to 2 elements");
    }

    @Test
    void aSectionHasAtMost64TaggedFields() {
        assertThat(passOver("40", 64).remaining()).isZero();
        assertFault(() -> passOver("41", 65), "m at offset 0: found 65 tagged fields, allowed 0 to 64");
        assertFault(() -> reader("ffffffff0f").skipTaggedFields("m"), "found 4294967295 tagged fields");
    }

    @Test
    void tagsAscend() {
        assertFault(
                () -> reader("0205000500").skipTaggedFields("m"), "m at offset 3: found tag 5, allowed a tag above 5");
        assertFault(() -> reader("0205000400").skipTaggedFields("m"), "found tag 4");
        assertFault(() -> reader("01ffffffff0f00").skipTaggedFields("m"), "found tag 4294967295");
    }

    @Test
    void aTaggedFieldEndsWithinTheFrame() {
        assertFault(
                () -> reader("01050200").skipTaggedFields("m"),
                "found a tagged field of 2 bytes, allowed 0 to 1 bytes");
        assertFault(() -> reader("0105ffffffff0f").skipTaggedFields("m"), "a tagged field of 4294967295 bytes");
    }

    @Test
    void presenceIsOneOfTwoValues() {
        assertThat(reader("01").readPresence("p")).isTrue();
        assertThat(reader("ff").readPresence("p")).isFalse();
        assertFault(() -> reader("00").readPresence("p"), "found a presence of 0, allowed 1 or -1");
    }

    @Test
    void bytesAfterTheLastFieldCanBeRefused() {
        WireReader reader = reader("0001ff");
        reader.readInt16("n");

        assertFault(() -> reader.expectEnd("m"), "m at offset 2: found 1 more bytes");
    }

    @Test
    void faultsCarryNoStackTrace() {
        assertThatThrownBy(() -> reader("").readInt8("n"))
                .satisfies(fault -> assertThat(fault.getStackTrace()).isEmpty());
    }

    private static WireReader passOver(String countHex, int fields) {
        StringBuilder hex = new StringBuilder(countHex);
        for (int tag = 0; tag < fields; tag++) {
            hex.append(HexFormat.of().toHexDigits((byte) tag)).append("00");
        }
        WireReader reader = reader(hex.toString());
        reader.skipTaggedFields("m");
        return reader;
    }

    private static List<Integer> readInts(WireReader reader, boolean flexible) {
        return reader.readList("list", flexible, Integer.BYTES, (short) 0, (r, v) -> r.readInt32("element"));
    }

    private static WireReader reader(String hex) {
        return new WireReader(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static void assertFault(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(WireFormatException.class).hasMessageContaining(message);
    }

    @Test
    void unknownTaggedFieldsOfAFrameAreLimitedInBytes() {
        WireLimits limits = new WireLimits(3, 5, 64, 100, 10);
        byte[] section = {2, 1, 3, 0, 0, 0, 2, 3, 0, 0, 0};
        byte[] twice = Arrays.copyOf(section, 2 * section.length);
        System.arraycopy(section, 0, twice, section.length, section.length);
        WireReader reader = new WireReader(ByteBuffer.wrap(twice), limits);

        reader.skipTaggedFields("first");

        assertThatThrownBy(() -> reader.skipTaggedFields("second"))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("unknown tagged fields");
    }
}
