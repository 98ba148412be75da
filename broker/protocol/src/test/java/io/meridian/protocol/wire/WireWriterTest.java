package io.meridian.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.base.InvariantBroken;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireWriterTest {
    private record FileRange(int sizeInBytes) implements Payload {}

    @Test
    void largeBuffersBecomePartsOfTheirOwn() {
        ByteBuffer large = ByteBuffer.allocate(WireWriter.PLACED_BYTES_MIN);
        WireWriter writer = new WireWriter();
        writer.writeInt8((byte) 7);

        writer.writePayload(new BufferPayload(large), true);
        writer.writeInt8((byte) 8);

        List<WirePart> parts = writer.parts();
        assertThat(parts).hasSize(3);
        assertThat(parts.get(1)).isEqualTo(new WirePart.Placed(new BufferPayload(large)));
        BufferPayload placed = (BufferPayload) ((WirePart.Placed) parts.get(1)).payload();
        assertThat(placed.buffer().array()).isSameAs(large.array());
        assertThat(writer.sizeInBytes()).isEqualTo(1 + 2 + WireWriter.PLACED_BYTES_MIN + 1);
    }

    @Test
    void smallBuffersAreCopied() {
        WireWriter writer = new WireWriter();
        ByteBuffer small = ByteBuffer.allocate(WireWriter.PLACED_BYTES_MIN - 1);

        writer.writeBytes(small, false);

        assertThat(writer.parts()).hasOnlyElementsOfType(WirePart.Encoded.class);
        assertThat(small.remaining()).isEqualTo(WireWriter.PLACED_BYTES_MIN - 1);
    }

    @Test
    void whatIsNotInABufferIsPlacedHoweverSmall() {
        WireWriter writer = new WireWriter();

        writer.writePayload(new FileRange(3), false);
        writer.writeInt8((byte) 9);

        List<WirePart> parts = writer.parts();
        assertThat(parts.get(0).sizeInBytes()).isEqualTo(4);
        assertThat(parts.get(1)).isEqualTo(new WirePart.Placed(new FileRange(3)));
        assertThat(parts.get(2).sizeInBytes()).isEqualTo(1);
        assertThat(writer.sizeInBytes()).isEqualTo(8);
        assertThatThrownBy(writer::toByteBuffer).isInstanceOf(InvariantBroken.class);
    }

    @Test
    void aFrameBeginsWithTheSizeOfTheRest() {
        WireWriter writer = WireWriter.framed(BufferAllocator.HEAP);

        writer.writeInt16((short) 0x0102);
        writer.writePayload(new FileRange(100), true);

        WirePart.Encoded first = (WirePart.Encoded) writer.parts().getFirst();
        assertThat(first.buffer().getInt(0)).isEqualTo(2 + 1 + 100);
    }

    @Test
    void everyBufferComesFromTheAllocator() {
        List<ByteBuffer> allocated = new ArrayList<>();
        WireWriter writer = new WireWriter(minimum -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(minimum + 3).position(3);
            allocated.add(buffer);
            return buffer;
        });

        for (int i = 0; i < 1_000; i++) {
            writer.writeInt32(i);
        }

        assertThat(allocated)
                .hasSizeGreaterThan(1)
                .allSatisfy(buffer -> assertThat(buffer.isDirect()).isTrue());
        ByteBuffer all = writer.toByteBuffer();
        assertThat(all.remaining()).isEqualTo(4_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(all.getInt()).isEqualTo(i);
        }
    }

    @Test
    void aTaggedFieldHasTheSizeOfItsValue() {
        WireWriter writer = new WireWriter();
        WireWriter value = writer.taggedValue();
        value.writeString("s", "x".repeat(200), true);
        value.writePayload(new FileRange(2_000), true);

        writer.writeTagged(5, value);

        ByteBuffer first = ((WirePart.Encoded) writer.parts().getFirst()).buffer();
        WireReader reader = new WireReader(first);
        assertThat(reader.readUnsignedVarint("tag")).isEqualTo(5);
        assertThat(reader.readUnsignedVarint("size")).isEqualTo(2 + 200 + 2 + 2_000);
        assertThat(writer.parts().get(1)).isEqualTo(new WirePart.Placed(new FileRange(2_000)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, -64, 64, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void varintsAreReadBack(long value) {
        WireWriter writer = new WireWriter();
        writer.writeVarlong(value);
        writer.writeVarint((int) value);
        writer.writeUnsignedVarint((int) value);

        WireReader reader = new WireReader(writer.toByteBuffer());

        assertThat(reader.readVarlong("n")).isEqualTo(value);
        assertThat(reader.readVarint("n")).isEqualTo((int) value);
        assertThat(reader.readUnsignedVarint("n")).isEqualTo((int) value);
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void aStringLongerThanTheProtocolHasIsRefused() {
        WireWriter writer = new WireWriter();

        assertThatThrownBy(() -> writer.writeString("name", "é".repeat(16_384), true))
                .isInstanceOf(UnsupportedFieldException.class)
                .hasMessageContaining("name has 32768 bytes");
    }

    @Test
    void textIsUtf8() {
        WireWriter writer = new WireWriter();
        writer.writeString("s", "aé日\uD83D\uDE80", false);

        byte[] bytes = HexFormat.of().parseHex("000a61c3a9e697a5f09f9a80");
        assertThat(writer.toByteBuffer()).isEqualTo(ByteBuffer.wrap(bytes));
    }
}
