package io.meridian.log.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ProducerStatesTest {
    private static final long ID = 9;

    private final ProducerStates states = new ProducerStates(false);
    private long nextOffset;

    private static RecordBatchView batch(int epoch, int sequence, int records) {
        RecordBatchBuilder builder = new RecordBatchBuilder().producer(ID, (short) epoch, sequence);
        for (int index = 0; index < records; index++) {
            builder.append(1000, null, new byte[] {1});
        }
        return RecordBatchView.of(builder.build());
    }

    /// What a batch gets; one that is next is taken over.
    private String append(int epoch, int sequence, int records) {
        RecordBatchView batch = batch(epoch, sequence, records);
        return switch (states.check(batch)) {
            case SequenceVerdict.Next ignored -> {
                states.apply(batch, nextOffset, 0);
                nextOffset += records;
                yield "next";
            }
            case SequenceVerdict.Retry retry -> "retry of " + retry.original().baseOffset();
            case SequenceVerdict.Refused refused -> refused.error().name();
        };
    }

    @Test
    void unknownProducerMayBeginAnywhere() {
        assertThat(append(3, 500, 2)).isEqualTo("next");
        assertThat(append(3, 502, 1)).isEqualTo("next");
    }

    @Test
    void sequencesFollowEachOther() {
        append(0, 0, 3);
        assertThat(append(0, 3, 1)).isEqualTo("next");
        assertThat(append(0, 5, 1)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name());
        assertThat(append(0, 2, 1)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name());
        assertThat(append(0, 4, 1)).isEqualTo("next");
    }

    @Test
    void retryIsOneOfTheLastFiveBatchesWithBothItsSequences() {
        for (int index = 0; index < 6; index++) {
            append(0, 2 * index, 2);
        }
        assertThat(append(0, 0, 2)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name());
        assertThat(append(0, 2, 2)).isEqualTo("retry of 2");
        assertThat(append(0, 10, 2)).isEqualTo("retry of 10");
        assertThat(append(0, 10, 1)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name());
        assertThat(append(0, 2, 4)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name());
    }

    @Test
    void largestSequenceIsFollowedByZero() {
        append(0, Integer.MAX_VALUE - 1, 2);
        assertThat(append(0, 0, 1)).isEqualTo("next");
        assertThat(append(0, Integer.MAX_VALUE - 1, 2)).isEqualTo("retry of 0");
    }

    @Test
    void sequencesMayWrapInsideABatch() {
        append(0, Integer.MAX_VALUE - 1, 5);
        assertThat(append(0, 2, 1)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name());
        assertThat(append(0, Integer.MAX_VALUE - 1, 5)).isEqualTo("retry of 0");
        assertThat(append(0, 3, 1)).isEqualTo("next");
    }

    @Test
    void newEpochBeginsAtZero() {
        append(0, 0, 5);
        assertThat(append(1, 5, 1)).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name());
        assertThat(append(1, 0, 1)).isEqualTo("next");
        assertThat(append(1, 0, 1)).isEqualTo("retry of 5");
    }

    @Test
    void olderEpochIsFenced() {
        append(4, 0, 1);
        assertThat(append(3, 1, 1)).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH.name());
        assertThat(append(3, 0, 1)).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH.name());
    }

    @Test
    void batchesWithoutProducerIdAreNeverJudged() {
        RecordBatchView plain = RecordBatchView.of(
                new RecordBatchBuilder().append(1, null, new byte[1]).build());
        states.apply(plain, 0, 0);
        assertThat(states.count()).isZero();
        assertThat(states.check(plain)).isInstanceOf(SequenceVerdict.Next.class);
    }

    @Test
    void silentProducersAreForgotten() {
        states.apply(batch(0, 0, 1), 0, 1000);
        states.expire(1999, 1000);
        assertThat(states.count()).isEqualTo(1);
        states.expire(2000, 1000);
        assertThat(states.count()).isZero();
        assertThat(append(0, 77, 1)).isEqualTo("next");
    }

    @Test
    void snapshotBringsBackEveryBatch() {
        for (int index = 0; index < 7; index++) {
            append(2, 3 * index, 3);
        }

        ProducerStates loaded = ProducerSnapshot.decode(ProducerSnapshot.encode(states), 0);

        assertThat(loaded).isNotNull();
        if (loaded != null) {
            assertThat(loaded.batchCount(ID)).isEqualTo(ProducerStates.BATCHES_KEPT);
            assertThat(ProducerSnapshot.encode(loaded)).isEqualTo(ProducerSnapshot.encode(states));
        }
    }

    @Test
    void snapshotBeginsAsKafkasDoes() {
        append(2, Integer.MAX_VALUE, 3);

        ByteBuffer file = ProducerSnapshot.encode(states);

        assertThat(file.getShort()).isEqualTo((short) 1);
        CRC32C crc = new CRC32C();
        crc.update(file.duplicate().position(6));
        assertThat(file.getInt()).isEqualTo((int) crc.getValue());
        assertThat(file.getInt()).as("producers").isEqualTo(1);
        assertThat(file.getLong()).as("producer id").isEqualTo(ID);
        assertThat(file.getShort()).as("epoch").isEqualTo((short) 2);
        assertThat(file.getInt()).as("last sequence").isEqualTo(1);
        assertThat(file.getLong()).as("last offset").isEqualTo(2);
        assertThat(file.getInt()).as("offset delta").isEqualTo(2);
        assertThat(file.getLong()).as("timestamp").isEqualTo(1000);
        assertThat(file.getInt()).as("coordinator epoch").isEqualTo(-1);
        assertThat(file.getLong()).as("first offset of a transaction").isEqualTo(-1);
    }

    @Test
    void snapshotWithoutOurSectionGivesTheLastBatch() {
        append(2, 0, 1);
        append(2, 1, 1);
        ByteBuffer ours = ProducerSnapshot.encode(states);
        ByteBuffer kafkas = ByteBuffer.allocate(56).put(ours.slice(0, 56)).flip();
        CRC32C crc = new CRC32C();
        crc.update(kafkas.duplicate().position(6));
        kafkas.putInt(2, (int) crc.getValue());

        ProducerStates loaded = ProducerSnapshot.decode(kafkas, 0);

        assertThat(loaded).isNotNull();
        if (loaded != null) {
            assertThat(loaded.batchCount(ID)).isEqualTo(1);
            assertThat(loaded.check(batch(2, 1, 1))).isInstanceOf(SequenceVerdict.Retry.class);
            assertThat(loaded.check(batch(2, 2, 1))).isInstanceOf(SequenceVerdict.Next.class);
        }
    }

    @Test
    void damagedSnapshotIsRefused() {
        SeededRandom random = new SeededRandom(1);
        for (int index = 0; index < 4; index++) {
            append(2, index, 1);
        }
        ByteBuffer whole = ProducerSnapshot.encode(states);
        for (int index = 0; index < whole.limit(); index++) {
            ByteBuffer copy =
                    ByteBuffer.allocate(whole.limit()).put(whole.duplicate()).flip();
            copy.put(index, (byte) (copy.get(index) ^ (1 << random.nextInt(8))));
            assertThat(ProducerSnapshot.decode(copy, 0)).as("byte %d", index).isNull();
            assertThat(ProducerSnapshot.decode(whole.duplicate().limit(index), 0))
                    .isNull();
        }
    }
}
