package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.meridian.base.SeededRandom;
import io.meridian.protocol.testing.Allocation;
import io.meridian.protocol.testing.LongMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Compressed bytes that lie: damaged, cut, with sizes that are not there, and bombs. What comes of them is bytes or
/// a refusal, and both stay within the limit that the caller set.
class CompressionFuzzTest {
    private static final int CAP_BYTES = 16 << 20;
    private static final int ROUNDS = 2_000;
    private static final int BOMB_BYTES = 256 << 20;
    private static final long ALLOCATED_ALWAYS = 9L << 20;
    private static final long TIME_MAX_NS = TimeUnit.MILLISECONDS.toNanos(400);

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = Mode.EXCLUDE, names = "NONE")
    void damagedBytesAreOpenedOrRefusedWithinTheLimit(Compression codec) {
        SeededRandom random = new SeededRandom(codec.code());
        long end = System.nanoTime() + LongMode.nanosOf(Compression.values().length);
        int round = 0;
        while (round++ < ROUNDS || System.nanoTime() < end) {
            byte[] damaged = damaged(codec, random);
            int cap = 1 << (10 + random.nextInt(11));
            int at = round;
            long allocated = Allocation.bytesOf(() -> {
                if (codec.inflate(ByteBuffer.wrap(damaged), cap) instanceof Inflation.Inflated(ByteBuffer records)) {
                    assertThat(records.remaining()).as("%s round %s", codec, at).isLessThanOrEqualTo(cap);
                }
            });
            assertThat(allocated)
                    .as("%s round %s: %s", codec, round, Arrays.toString(Arrays.copyOf(damaged, 40)))
                    .isLessThanOrEqualTo(ALLOCATED_ALWAYS + 3L * cap + damaged.length);
        }
    }

    private static byte[] damaged(Compression codec, SeededRandom random) {
        byte[] plain = new byte[random.nextInt(random.chance(10) ? 100_000 : 2_000)];
        int letters = 1 + random.nextInt(256);
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) random.nextInt(letters);
        }
        byte[] bytes = bytesOf(codec.deflate(ByteBuffer.wrap(plain)));
        int damages = 1 + random.nextInt(3);
        for (int i = 0; i < damages && bytes.length > 0; i++) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 24) : bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
                case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes[at] = (byte) random.nextInt();
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = Mode.EXCLUDE, names = "NONE")
    void aBombOfZerosIsRefusedWithinTwiceTheLimit(Compression codec) throws IOException {
        byte[] bomb = switch (codec) {
            case GZIP -> gzipBomb();
            case ZSTD -> Zstd.compress(new byte[BOMB_BYTES]);
            case LZ4 -> bytesOf(codec.deflate(ByteBuffer.allocate(BOMB_BYTES)));
            case SNAPPY, NONE -> bytesOf(codec.deflate(ByteBuffer.allocate(BOMB_BYTES / 8)));
        };

        explode(codec, bomb);
    }

    private static byte[] gzipBomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < BOMB_BYTES / zeros.length; i++) {
                gzip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    /// Each frame announces blocks of 4 MiB and holds none: a megabyte of them must not cost 4 MiB each.
    @Test
    void manyEmptyLz4FramesCostNoMoreThanOne() throws IOException {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        new LZ4FrameOutputStream(one, LZ4FrameOutputStream.BLOCKSIZE.SIZE_4MB).close();

        withinTime(Compression.LZ4, repeated(one.toByteArray()));
    }

    @Test
    void manyEmptyZstdFramesAreReadInTime() {
        withinTime(Compression.ZSTD, repeated(Zstd.compress(new byte[0])));
    }

    @Test
    void manyEmptyGzipMembersAreReadInTime() throws IOException {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        new GZIPOutputStream(one).close();

        withinTime(Compression.GZIP, repeated(one.toByteArray()));
    }

    @Test
    void gzipIsReadAsTheStreamOfTheJdkReadsIt() throws IOException {
        SeededRandom random = new SeededRandom(7);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damaged(Compression.GZIP, random);
            if (Compression.GZIP.inflate(ByteBuffer.wrap(damaged), CAP_BYTES)
                    instanceof Inflation.Inflated(ByteBuffer records)) {
                byte[] jdks = new GZIPInputStream(new ByteArrayInputStream(damaged)).readAllBytes();
                assertThat(records).as("round %s", round).isEqualTo(ByteBuffer.wrap(jdks));
            }
        }
    }

    @Test
    void membersOfGzipAreReadOneAfterTheOther() throws IOException {
        byte[] twice = Arrays.copyOf(gzip("ab"), gzip("ab").length + gzip("c").length);
        System.arraycopy(gzip("c"), 0, twice, gzip("ab").length, gzip("c").length);

        assertThat(Compression.GZIP.inflate(ByteBuffer.wrap(twice), 3))
                .isEqualTo(new Inflation.Inflated(ByteBuffer.wrap("abc".getBytes(StandardCharsets.UTF_8))));
        assertThat(Compression.GZIP.inflate(ByteBuffer.wrap(twice), 2)).isInstanceOf(Inflation.Failed.class);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void manySmallSnappyBlocksAreReadInTime() {
        byte[] one = {0, 0, 0, 3, 1, 0, 'a'};
        byte[] frame = repeated(one);
        byte[] header = bytesOf(Compression.SNAPPY.deflate(ByteBuffer.allocate(0)));
        byte[] all = Arrays.copyOf(header, header.length + frame.length);
        System.arraycopy(frame, 0, all, header.length, frame.length);

        withinTime(Compression.SNAPPY, all);
    }

    private static byte[] repeated(byte[] one) {
        byte[] all = new byte[(1 << 20) / one.length * one.length];
        for (int at = 0; at < all.length; at += one.length) {
            System.arraycopy(one, 0, all, at, one.length);
        }
        return all;
    }

    private static void explode(Compression codec, byte[] bomb) {
        Inflation[] result = new Inflation[1];
        long allocated = Allocation.bytesOf(() -> result[0] = codec.inflate(ByteBuffer.wrap(bomb), CAP_BYTES));

        assertThat(result[0]).isInstanceOf(Inflation.Failed.class);
        assertThat(allocated).isLessThanOrEqualTo(2L * CAP_BYTES + bomb.length + ALLOCATED_ALWAYS);
        withinTime(codec, bomb);
    }

    private static void withinTime(Compression codec, byte[] bytes) {
        long elapsedNs = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = System.nanoTime();
            assertThat(codec.inflate(ByteBuffer.wrap(bytes), CAP_BYTES)).isNotNull();
            elapsedNs = Math.min(elapsedNs, System.nanoTime() - before);
        }
        assertThat(elapsedNs).isLessThanOrEqualTo(TIME_MAX_NS);
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
