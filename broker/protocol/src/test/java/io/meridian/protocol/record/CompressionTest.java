package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

class CompressionTest {
    @ParameterizedTest
    @EnumSource(Compression.class)
    void whatIsDeflatedInflatesAgain(Compression codec) {
        SeededRandom random = new SeededRandom(codec.code());
        for (int size : new int[] {0, 1, 100, 32 << 10, (32 << 10) + 1, 300_000}) {
            byte[] plain = new byte[size];
            for (int index = 0; index < size; index++) {
                plain[index] = (byte) random.nextInt(4);
            }
            Inflation result = codec.inflate(codec.deflate(ByteBuffer.wrap(plain)), 1 << 20);
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Inflation.Inflated.class,
                            inflated -> assertThat(inflated.records()).isEqualTo(ByteBuffer.wrap(plain)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void outputStopsAtItsLimit(Compression codec) {
        ByteBuffer packed = codec.deflate(ByteBuffer.allocate(200_000));

        assertThat(codec.inflate(packed, 199_999)).isInstanceOf(Inflation.Failed.class);
        assertThat(codec.inflate(packed, 200_000)).isInstanceOf(Inflation.Inflated.class);
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void bombsBeyondAThousandfoldAreRefused(Compression codec) {
        ByteBuffer packed = codec.deflate(ByteBuffer.allocate(8 << 20));

        Inflation result = codec.inflate(packed, Integer.MAX_VALUE);

        boolean isBomb = Math.max(1 << 20, packed.remaining() * 1000L) < 8 << 20;
        assertThat(result instanceof Inflation.Failed).isEqualTo(isBomb);
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void brokenBytesFailByValue(Compression codec) {
        SeededRandom random = new SeededRandom(99);
        byte[] plain = new byte[5000];
        random.nextBytes(plain);
        ByteBuffer whole = codec.deflate(ByteBuffer.wrap(plain));
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[whole.remaining()];
            whole.get(whole.position(), bytes);
            int length = bytes.length;
            if (random.nextBoolean()) {
                length = random.nextInt(length);
            } else {
                bytes[random.nextInt(Math.min(length, 40))] = (byte) random.nextInt();
            }
            assertThat(codec.inflate(ByteBuffer.wrap(bytes, 0, length), 1 << 20))
                    .isNotNull();
        }
    }

    @Test
    void bareSnappyBlockIsRead() throws IOException {
        byte[] packed = Snappy.compress(new byte[500]);

        assertThat(Compression.SNAPPY.inflate(ByteBuffer.wrap(packed), 1000))
                .isEqualTo(new Inflation.Inflated(ByteBuffer.allocate(500)));
    }

    @Test
    void sizeDeclaredByASnappyBlockIsNotAllocated() {
        byte[] bomb = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 0, 0};

        assertThat(Compression.SNAPPY.inflate(ByteBuffer.wrap(bomb), 1000)).isInstanceOf(Inflation.Failed.class);
    }
}
