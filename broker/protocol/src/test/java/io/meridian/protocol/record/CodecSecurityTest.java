package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.testing.Allocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules that failures of other brokers and codecs taught, one method each; docs/security-regressions.md says
/// which.
class CodecSecurityTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final int CAP_BYTES = 16 << 20;
    private static final int HEAP_ALWAYS = 9 << 20;
    private static final BatchRules STRICT =
            new BatchRules(1 << 20, 1 << 20, false, false, Long.MAX_VALUE, 3_600_000, BatchValidation.STRICT);

    /// A megabyte of compressed zeros is a gigabyte: what counts is what comes out.
    @Test
    void aMebibyteOfGzippedZerosStopsAtTheLimitOfTheOutput() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            while (packed.size() < 1 << 20) {
                gzip.write(zeros);
            }
        }
        byte[] bomb = packed.toByteArray();
        Inflation[] result = new Inflation[1];

        long allocated =
                Allocation.bytesOf(() -> result[0] = Compression.GZIP.inflate(ByteBuffer.wrap(bomb), CAP_BYTES));

        assertThat(result[0]).isInstanceOf(Inflation.Failed.class);
        assertThat(allocated).isLessThanOrEqualTo(2L * CAP_BYTES + bomb.length + HEAP_ALWAYS);
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = Mode.EXCLUDE, names = "NONE")
    void aBatchThatGrowsBeyondTheLimitIsRefusedAndLeftAsItWas(Compression codec) {
        ByteBuffer batch = new RecordBatchBuilder()
                .compression(codec)
                .append(NOW_MS, null, ByteBuffer.allocate(CAP_BYTES + 1))
                .build();
        byte[] before = bytesOf(batch);
        BatchRules rules = new BatchRules(
                Math.max(1, batch.remaining()), Integer.MAX_VALUE, false, false, 1_000, 1_000, BatchValidation.STRICT);

        BatchVerdict verdict = BatchCheck.check(batch, rules, NOW_MS, new RecordBatchView());

        assertThat(verdict).isInstanceOf(BatchVerdict.Refused.class);
        assertThat(bytesOf(batch)).isEqualTo(before);
    }

    /// Sizes that a block or frame declares are looked at before anything is allocated for them.
    @Test
    void sizesThatCompressedBytesDeclareAreNotAllocated() {
        byte[] snappyBlock = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 0, 0};
        byte[] snappyStream = {
            (byte) 0x82,
            'S',
            'N',
            'A',
            'P',
            'P',
            'Y',
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            0x7F,
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xFF,
            0
        };
        byte[] zstd = Zstd.compress(new byte[64 << 20]);
        assertRefusedCheaply(Compression.SNAPPY, snappyBlock);
        assertRefusedCheaply(Compression.SNAPPY, snappyStream);
        assertRefusedCheaply(Compression.ZSTD, zstd);
    }

    private static void assertRefusedCheaply(Compression codec, byte[] bytes) {
        assertThat(codec.inflate(ByteBuffer.wrap(bytes), 1 << 20)).isInstanceOf(Inflation.Failed.class);
        assertThat(Allocation.bytesOf(() -> codec.inflate(ByteBuffer.wrap(bytes), 1 << 20)))
                .as("%s", codec)
                .isLessThanOrEqualTo(3L << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -2, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void timestampsAtTheirExtremesEndInAVerdict(long timestampMs) {
        for (long delta : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ByteBuffer batch = new RecordBatchBuilder()
                    .append(timestampMs, null, ByteBuffer.allocate(3))
                    .append(timestampMs + delta, null, ByteBuffer.allocate(3))
                    .build();

            assertThat(BatchCheck.check(batch, STRICT, NOW_MS, new RecordBatchView()))
                    .isInstanceOfSatisfying(
                            BatchVerdict.Refused.class,
                            refused -> assertThat(refused.error()).isEqualTo(ErrorCode.INVALID_TIMESTAMP));
        }
    }

    @Test
    void sequencesGoOnAtZeroBehindTheLargest() {
        ByteBuffer batch = new RecordBatchBuilder()
                .producer(1, (short) 0, Integer.MAX_VALUE)
                .append(NOW_MS, null, ByteBuffer.allocate(3))
                .append(NOW_MS, null, ByteBuffer.allocate(3))
                .build();

        assertThat(BatchCheck.check(batch, STRICT, NOW_MS, new RecordBatchView()))
                .isInstanceOf(BatchVerdict.Accepted.class);
        assertThat(RecordBatchView.of(batch).lastSequence()).isZero();
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
