package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.testing.Allocation;
import io.meridian.protocol.testing.LongMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.SnappyError;

/// Batches with damaged headers and records under a CRC that is right, so that every check behind it is reached. A
/// verdict comes of each; what is accepted is read by Kafka's classes as the same records; what Kafka reads and we
/// refuse is in [#STRICTER].
class BatchFuzzTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final List<Compression> CODECS = List.of(Compression.values());
    private static final int ROUNDS = 12_000;
    private static final int CAP_BYTES = 16 << 20;
    private static final BatchRules STRICT =
            new BatchRules(1 << 20, 1 << 20, false, false, Long.MAX_VALUE, 3_600_000, BatchValidation.STRICT);

    /// What Kafka's classes read and we refuse. Kafka's broker checks these elsewhere, or takes what no client sends.
    private static final List<String> STRICTER = List.of(
            "clients do not write control batches",
            "clients do not set a delete horizon",
            "record count ",
            "producer id ",
            "only the broker sets LogAppendTime",
            "timestamp",
            "expected exactly one batch",
            "impossible batch length",
            "the records are larger than",
            "its fields do not fill",
            "bytes follow the ",
            "broken gzip data: no header of a member",
            "a batch of ",
            "rewritten with offsets in order");

    @Test
    void aBatchWithAnyFieldDamagedIsRefusedOrReadAsKafkaReadsIt() {
        SeededRandom random = new SeededRandom(2);
        long end = System.nanoTime() + LongMode.nanosOf(2);
        int accepted = 0;
        for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
            ByteBuffer batch = damaged(random);
            byte[] before = bytesOf(batch);
            BatchVerdict[] verdict = new BatchVerdict[1];
            long allocated = Allocation.bytesOf(
                    () -> verdict[0] = BatchCheck.check(batch, STRICT, NOW_MS, new RecordBatchView()));
            String what = "round " + round;
            assertThat(allocated).as(what).isLessThan(2L * CAP_BYTES + (9 << 20));
            switch (verdict[0]) {
                case BatchVerdict.Accepted(ByteBuffer stored) -> {
                    accepted++;
                    assertThat(recordsByKafka(stored)).as(what).isEqualTo(records(stored));
                }
                case BatchVerdict.Refused refused -> {
                    assertThat(bytesOf(batch))
                            .as("%s: a refused batch is as it was", what)
                            .isEqualTo(before);
                    assertThat(STRICTER.stream().anyMatch(refused.detail()::contains) || recordsByKafka(batch) == null)
                            .as("%s: refused for '%s', Kafka reads it", what, refused.detail())
                            .isTrue();
                }
            }
        }
        assertThat(accepted).as("damages that hurt nothing").isBetween(ROUNDS / 20, Integer.MAX_VALUE);
    }

    private static ByteBuffer damaged(SeededRandom random) {
        Compression codec = CODECS.get(random.nextInt(CODECS.size()));
        RecordBatchBuilder builder = new RecordBatchBuilder().compression(codec);
        if (random.nextBoolean()) {
            builder.producer(random.nextInt(100), (short) random.nextInt(10), sequence(random));
        }
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] key = random.nextBoolean() ? null : ("key-" + i).getBytes(StandardCharsets.UTF_8);
            builder.append(NOW_MS + i, key, new byte[random.nextInt(40)]);
        }
        ByteBuffer built = builder.build();
        byte[] bytes = new byte[built.remaining()];
        built.get(bytes);
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        switch (random.nextInt(4)) {
            case 0 -> damageHeader(batch, random);
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 2 -> {
                int at = RecordBatchView.HEADER_BYTES + random.nextInt(bytes.length - RecordBatchView.HEADER_BYTES);
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(10)), (byte) 0xFF);
            }
            default -> bytes[bytes.length - 1 - random.nextInt(Math.min(bytes.length, 30))] ^= 0x40;
        }
        if (RecordBatchView.of(batch).structureProblem(bytes.length) == null) {
            batch.putInt(
                    RecordBatchView.CRC_OFFSET, (int) RecordBatchView.of(batch).computedCrc());
        }
        return batch;
    }

    private static int sequence(SeededRandom random) {
        return random.chance(20) ? Integer.MAX_VALUE - random.nextInt(3) : random.nextInt(1_000);
    }

    private static void damageHeader(ByteBuffer batch, SeededRandom random) {
        int[] numbers = {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 48, 49, 1 << 20, random.nextInt()};
        long[] longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, NOW_MS, random.nextLong()};
        int number = numbers[random.nextInt(numbers.length)];
        long wide = longs[random.nextInt(longs.length)];
        switch (random.nextInt(11)) {
            case 0 -> batch.putInt(RecordBatchView.LENGTH_OFFSET, number);
            case 1 -> batch.put(RecordBatchView.MAGIC_OFFSET, (byte) random.nextInt(4));
            case 2 -> batch.putShort(RecordBatchView.ATTRIBUTES_OFFSET, (short) (1 << random.nextInt(16)));
            case 3 -> batch.putInt(RecordBatchView.LAST_OFFSET_DELTA_OFFSET, number);
            case 4 -> batch.putLong(RecordBatchView.BASE_TIMESTAMP_OFFSET, wide);
            case 5 -> batch.putLong(RecordBatchView.MAX_TIMESTAMP_OFFSET, wide);
            case 6 -> batch.putLong(RecordBatchView.PRODUCER_ID_OFFSET, wide);
            case 7 -> batch.putShort(RecordBatchView.PRODUCER_EPOCH_OFFSET, (short) number);
            case 8 -> batch.putInt(RecordBatchView.BASE_SEQUENCE_OFFSET, number);
            case 9 -> batch.putInt(RecordBatchView.RECORD_COUNT_OFFSET, number);
            default -> batch.putLong(RecordBatchView.BASE_OFFSET_OFFSET, wide);
        }
    }

    private static List<String> records(ByteBuffer stored) {
        RecordBatchView view = RecordBatchView.of(stored);
        Compression codec = view.compression();
        List<String> records = new ArrayList<>();
        if (codec != null
                && codec.inflate(view.recordBytes(), CAP_BYTES) instanceof Inflation.Inflated(ByteBuffer plain)) {
            RecordCursor cursor = new RecordCursor(plain, view.recordCount());
            while (cursor.next() == RecordCursor.Step.RECORD) {
                records.add(text(cursor.key(), cursor.value(), cursor.headers().size()));
            }
        }
        return records;
    }

    private static @Nullable List<String> recordsByKafka(ByteBuffer stored) {
        List<String> records = new ArrayList<>();
        try {
            for (MutableRecordBatch batch :
                    MemoryRecords.readableRecords(stored.duplicate()).batches()) {
                batch.ensureValid();
                for (Record record : batch) {
                    records.add(text(record.key(), record.value(), record.headers().length));
                }
            }
        } catch (RuntimeException | SnappyError refused) {
            return null;
        }
        return records;
    }

    private static String text(@Nullable ByteBuffer key, @Nullable ByteBuffer value, int headers) {
        return bytes(key) + " " + bytes(value) + " " + headers;
    }

    private static String bytes(@Nullable ByteBuffer buffer) {
        return buffer == null ? "null" : Arrays.toString(Utils.toArray(buffer));
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
