package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.api.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchCheckTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);
    private static final BatchRules RULES =
            new BatchRules(1000, 2000, false, false, 10_000, 5_000, BatchValidation.RELAXED);
    private static final BatchRules COMPACTED =
            new BatchRules(1000, 2000, true, false, 10_000, 5_000, BatchValidation.RELAXED);
    private static final BatchRules STRICT =
            new BatchRules(1000, 2000, false, false, 10_000, 5_000, BatchValidation.STRICT);

    private static RecordBatchBuilder twoRecords() {
        return new RecordBatchBuilder().append(NOW_MS, KEY, VALUE).append(NOW_MS + 1, KEY, VALUE);
    }

    private static BatchVerdict check(ByteBuffer batch, BatchRules rules) {
        return BatchCheck.check(batch, rules, NOW_MS, new RecordBatchView());
    }

    private static ErrorCode error(ByteBuffer batch, BatchRules rules) {
        return switch (check(batch, rules)) {
            case BatchVerdict.Accepted ignored -> ErrorCode.NONE;
            case BatchVerdict.Refused refused -> refused.error();
        };
    }

    /// Renews the CRC after a patch.
    private static ByteBuffer sealed(ByteBuffer batch) {
        batch.putInt(RecordBatchView.CRC_OFFSET, (int) RecordBatchView.of(batch).computedCrc());
        return batch;
    }

    @Test
    void wellFormedBatchIsAcceptedAsItIs() {
        ByteBuffer batch = twoRecords().build();
        assertThat(check(batch, RULES))
                .isInstanceOfSatisfying(
                        BatchVerdict.Accepted.class,
                        accepted -> assertThat(accepted.batch()).isSameAs(batch));
    }

    @Test
    void anythingButExactlyOneBatchIsInvalid() {
        ByteBuffer one = twoRecords().build();
        ByteBuffer two = ByteBuffer.allocate(2 * one.remaining())
                .put(one.duplicate())
                .put(one.duplicate())
                .flip();
        assertThat(error(ByteBuffer.allocate(0), RULES)).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(error(two, RULES)).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(error(one.duplicate().limit(one.limit() - 1), RULES)).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(error(one.duplicate().limit(60), RULES)).isEqualTo(ErrorCode.INVALID_RECORD);
    }

    @Test
    void hostileLengthsAreRefused() {
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 48, 10_000, Integer.MAX_VALUE}) {
            ByteBuffer batch = twoRecords().build();
            batch.putInt(RecordBatchView.LENGTH_OFFSET, length);
            assertThat(error(batch, RULES))
                    .as("length %d", length)
                    .isEqualTo(length < 49 ? ErrorCode.CORRUPT_MESSAGE : ErrorCode.INVALID_RECORD);
        }
    }

    @Test
    void otherMagicIsInvalid() {
        assertThat(error(twoRecords().build().put(RecordBatchView.MAGIC_OFFSET, (byte) 1), RULES))
                .isEqualTo(ErrorCode.INVALID_RECORD);
    }

    @Test
    void sizeLimitsHaveCodesOfTheirOwn() {
        ByteBuffer batch =
                new RecordBatchBuilder().append(NOW_MS, KEY, new byte[1500]).build();
        assertThat(error(batch, RULES)).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
        assertThat(error(batch, new BatchRules(5000, 1000, false, false, 10_000, 5_000, BatchValidation.RELAXED)))
                .isEqualTo(ErrorCode.RECORD_LIST_TOO_LARGE);
    }

    @Test
    void everyFlippedBitUnderTheCrcIsCorrupt() {
        ByteBuffer batch = twoRecords().build();
        for (int index = RecordBatchView.CRC_OFFSET; index < batch.limit(); index++) {
            batch.put(index, (byte) (batch.get(index) ^ 0x10));
            assertThat(error(batch, RULES)).as("byte %d", index).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
            batch.put(index, (byte) (batch.get(index) ^ 0x10));
        }
    }

    @Test
    void countsMustAgree() {
        assertThat(error(sealed(twoRecords().build().putInt(RecordBatchView.RECORD_COUNT_OFFSET, 1)), RULES))
                .isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(error(sealed(twoRecords().build().putInt(RecordBatchView.LAST_OFFSET_DELTA_OFFSET, 7)), RULES))
                .isEqualTo(ErrorCode.INVALID_RECORD);
        ByteBuffer empty = twoRecords().build();
        empty.putInt(RecordBatchView.RECORD_COUNT_OFFSET, 0).putInt(RecordBatchView.LAST_OFFSET_DELTA_OFFSET, -1);
        assertThat(error(sealed(empty), RULES)).isEqualTo(ErrorCode.INVALID_RECORD);
        ByteBuffer three = twoRecords().build();
        three.putInt(RecordBatchView.RECORD_COUNT_OFFSET, 3).putInt(RecordBatchView.LAST_OFFSET_DELTA_OFFSET, 2);
        assertThat(error(sealed(three), RULES)).isEqualTo(ErrorCode.INVALID_RECORD);
    }

    @Test
    void producerIdNeedsASequence() {
        assertThat(error(twoRecords().producer(5, (short) 0, -1).build(), RULES))
                .isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(error(twoRecords().producer(5, (short) 0, 0).build(), RULES)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void timestampsOutOfBoundsAreRefused() {
        assertThat(error(one(NOW_MS + 5_001), RULES)).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
        assertThat(error(one(NOW_MS + 5_000), RULES)).isEqualTo(ErrorCode.NONE);
        assertThat(error(one(NOW_MS - 10_001), RULES)).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
        assertThat(error(one(NOW_MS - 10_000), RULES)).isEqualTo(ErrorCode.NONE);
        assertThat(error(one(RecordBatchView.NO_TIMESTAMP), RULES)).isEqualTo(ErrorCode.NONE);
        assertThat(error(one(Long.MIN_VALUE), RULES)).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
        assertThat(error(one(0), new BatchRules(1000, 2000, false, true, 10_000, 5_000, BatchValidation.RELAXED)))
                .isEqualTo(ErrorCode.NONE);
    }

    private static ByteBuffer one(long timestampMs) {
        return new RecordBatchBuilder().append(timestampMs, KEY, VALUE).build();
    }

    @Test
    void recordAtFaultIsNamed() {
        ByteBuffer batch = new RecordBatchBuilder()
                .append(NOW_MS, KEY, VALUE)
                .append(NOW_MS, null, VALUE)
                .build();
        for (Compression codec : List.of(Compression.NONE, Compression.ZSTD)) {
            ByteBuffer packed = new RecordBatchBuilder()
                    .compression(codec)
                    .append(NOW_MS, KEY, VALUE)
                    .append(NOW_MS, null, VALUE)
                    .build();
            assertThat(check(packed, COMPACTED)).isInstanceOfSatisfying(BatchVerdict.Refused.class, refused -> {
                assertThat(refused.error()).isEqualTo(ErrorCode.INVALID_RECORD);
                assertThat(refused.records())
                        .extracting(RecordRefusal::batchIndex)
                        .containsExactly(1);
            });
        }
        assertThat(error(batch, RULES)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void compressedBatchesAreOpenedOnlyWhenStrict() {
        ByteBuffer broken = new RecordBatchBuilder()
                .compression(Compression.GZIP)
                .append(NOW_MS, KEY, VALUE)
                .build();
        broken.put(RecordBatchView.HEADER_BYTES, (byte) 0);
        sealed(broken);

        assertThat(error(broken, RULES)).isEqualTo(ErrorCode.NONE);
        assertThat(error(broken, STRICT)).isEqualTo(ErrorCode.INVALID_RECORD);
    }

    @Test
    void offsetsOutOfOrderAreRewritten() {
        ByteBuffer batch = new RecordBatchBuilder()
                .append(NOW_MS, KEY, VALUE)
                .append(NOW_MS, KEY, VALUE)
                .build();
        int second = RecordBatchView.HEADER_BYTES + (batch.limit() - RecordBatchView.HEADER_BYTES) / 2;
        batch.put(second + 3, (byte) 0);
        sealed(batch);

        assertThat(check(batch, RULES)).isInstanceOfSatisfying(BatchVerdict.Accepted.class, accepted -> {
            assertThat(accepted.batch()).isNotSameAs(batch);
            RecordCursor cursor = RecordCursor.over(RecordBatchView.of(accepted.batch()));
            cursor.next();
            assertThat(cursor.offsetDelta()).isZero();
            cursor.next();
            assertThat(cursor.offsetDelta()).isEqualTo(1);
            assertThat(cursor.next()).isEqualTo(RecordCursor.Step.END);
        });
    }

    @Test
    void headerThatLiesAboutTheMaximumTimestampIsCorrected() {
        ByteBuffer batch = twoRecords().build().putLong(RecordBatchView.MAX_TIMESTAMP_OFFSET, NOW_MS + 4_000);
        RecordBatchView view = new RecordBatchView();

        BatchVerdict verdict = BatchCheck.check(sealed(batch), RULES, NOW_MS, view);

        assertThat(verdict).isInstanceOf(BatchVerdict.Accepted.class);
        assertThat(view.maxTimestampMs()).isEqualTo(NOW_MS + 1);
        assertThat(view.crcIsValid()).isTrue();
    }

    @Test
    void randomBytesUnderARightCrcNeverThrow() {
        SeededRandom random = new SeededRandom(3);
        for (int round = 0; round < 5_000; round++) {
            ByteBuffer batch = twoRecords().build();
            for (int change = 1 + random.nextInt(4); change > 0; change--) {
                int index = RecordBatchView.ATTRIBUTES_OFFSET
                        + random.nextInt(batch.limit() - RecordBatchView.ATTRIBUTES_OFFSET);
                batch.put(index, (byte) random.nextInt());
            }
            check(sealed(batch), random.nextBoolean() ? STRICT : COMPACTED);
        }
    }
}
