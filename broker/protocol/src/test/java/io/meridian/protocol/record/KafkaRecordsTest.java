package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Invariant;
import io.meridian.base.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Our batches and those of Apache's own classes read as each other.
class KafkaRecordsTest {
    private record Sample(
            long timestampMs,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            List<Header> headers) {}

    private static List<Sample> samples(SeededRandom random, int count) {
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            List<Header> headers = new ArrayList<>();
            for (int header = random.nextInt(3); header > 0; header--) {
                headers.add(new RecordHeader("h" + header + "é", bytes(random, 20)));
            }
            samples.add(new Sample(
                    1_700_000_000_000L + random.nextInt(100_000) - 50_000,
                    buffer(bytes(random, 30)),
                    buffer(bytes(random, random.chance(5) ? 70_000 : 300)),
                    headers));
        }
        return samples;
    }

    private static byte @Nullable [] bytes(SeededRandom random, int bound) {
        if (random.chance(15)) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(bound)];
        random.nextBytes(bytes);
        for (int index = 0; index < bytes.length / 2; index++) {
            bytes[index] = 'x';
        }
        return bytes;
    }

    private static org.apache.kafka.common.compress.Compression codec(Compression codec) {
        return org.apache.kafka.common.compress.Compression.of(CompressionType.forId(codec.code()))
                .build();
    }

    @Test
    void whatKafkaBuildsOursReads() {
        SeededRandom random = new SeededRandom(1);
        for (Compression codec : Compression.values()) {
            for (int round = 0; round < 12; round++) {
                List<Sample> samples = samples(random, 1 + random.nextInt(40));
                SimpleRecord[] records = samples.stream()
                        .map(sample -> new SimpleRecord(
                                sample.timestampMs(),
                                array(sample.key()),
                                array(sample.value()),
                                sample.headers().toArray(new Header[0])))
                        .toArray(SimpleRecord[]::new);
                ByteBuffer bytes = MemoryRecords.withIdempotentRecords(codec(codec), 77L, (short) 3, 9, records)
                        .buffer();

                RecordBatchView batch = RecordBatchView.of(bytes);

                assertThat(batch.structureProblem(bytes.remaining())).isNull();
                assertThat(batch.crcIsValid()).isTrue();
                assertThat(batch.compression()).isEqualTo(codec);
                assertThat(batch.producerId()).isEqualTo(77);
                assertThat(batch.producerEpoch()).isEqualTo((short) 3);
                assertThat(batch.baseSequence()).isEqualTo(9);
                assertThat(batch.lastSequence()).isEqualTo(9 + samples.size() - 1);
                assertThat(batch.recordCount()).isEqualTo(samples.size());
                assertThat(read(batch)).isEqualTo(samples);
                assertThat(BatchCheck.check(bytes, rules(BatchValidation.STRICT), 1_700_000_000_000L, batch))
                        .isInstanceOf(BatchVerdict.Accepted.class);
            }
        }
    }

    private static BatchRules rules(BatchValidation validation) {
        return new BatchRules(10 << 20, 1 << 30, false, false, Long.MAX_VALUE, Long.MAX_VALUE, validation);
    }

    private static List<Sample> read(RecordBatchView batch) {
        Compression codec = Invariant.present(batch.compression(), "a codec");
        List<Sample> samples = new ArrayList<>();
        if (codec.inflate(batch.recordBytes(), 64 << 20) instanceof Inflation.Inflated inflated) {
            RecordCursor cursor = new RecordCursor(inflated.records(), batch.recordCount());
            while (cursor.next() == RecordCursor.Step.RECORD) {
                assertThat(cursor.offsetDelta()).isEqualTo(samples.size());
                List<Header> headers = new ArrayList<>();
                for (io.meridian.protocol.record.RecordHeader header : cursor.headers()) {
                    headers.add(new RecordHeader(header.key(), array(header.value())));
                }
                samples.add(new Sample(
                        batch.baseTimestampMs() + cursor.timestampDelta(), cursor.key(), cursor.value(), headers));
            }
            assertThat(cursor.next()).isEqualTo(RecordCursor.Step.END);
        }
        return samples;
    }

    private static byte @Nullable [] array(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void whatOursBuildsKafkaReads() {
        SeededRandom random = new SeededRandom(2);
        for (Compression codec : Compression.values()) {
            for (int round = 0; round < 12; round++) {
                List<Sample> samples = samples(random, 1 + random.nextInt(40));
                RecordBatchBuilder builder = new RecordBatchBuilder()
                        .compression(codec)
                        .baseOffset(1234)
                        .partitionLeaderEpoch(5)
                        .producer(77, (short) 3, 9);
                for (Sample sample : samples) {
                    builder.append(sample.timestampMs(), sample.key(), sample.value(), headers(sample));
                }

                List<MutableRecordBatch> batches = new ArrayList<>();
                MemoryRecords.readableRecords(builder.build()).batches().forEach(batches::add);

                assertThat(batches).hasSize(1);
                MutableRecordBatch batch = batches.getFirst();
                batch.ensureValid();
                assertThat(batch.baseOffset()).isEqualTo(1234);
                assertThat(batch.lastOffset()).isEqualTo(1234 + samples.size() - 1);
                assertThat(batch.partitionLeaderEpoch()).isEqualTo(5);
                assertThat(batch.producerId()).isEqualTo(77);
                assertThat(batch.maxTimestamp())
                        .isEqualTo(samples.stream()
                                .mapToLong(Sample::timestampMs)
                                .max()
                                .orElseThrow());
                List<Sample> read = new ArrayList<>();
                for (Record record : batch) {
                    read.add(new Sample(record.timestamp(), record.key(), record.value(), plain(record.headers())));
                }
                assertThat(read).isEqualTo(samples);
            }
        }
    }

    private static List<Header> plain(Header[] headers) {
        List<Header> copies = new ArrayList<>();
        for (Header header : headers) {
            copies.add(new RecordHeader(header.key(), header.value()));
        }
        return copies;
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static List<io.meridian.protocol.record.RecordHeader> headers(Sample sample) {
        return sample.headers().stream()
                .map(header -> new io.meridian.protocol.record.RecordHeader(header.key(), buffer(header.value())))
                .toList();
    }

    @Test
    void transactionMarkersReadAsEachOther() {
        ByteBuffer kafka = MemoryRecords.withEndTransactionMarker(
                        77L,
                        (short) 3,
                        new EndTransactionMarker(org.apache.kafka.common.record.internal.ControlRecordType.COMMIT, 42))
                .buffer();
        RecordBatchView view = RecordBatchView.of(kafka);
        RecordCursor cursor = RecordCursor.over(view);

        assertThat(view.isControl()).isTrue();
        assertThat(view.isTransactional()).isTrue();
        assertThat(cursor.next()).isEqualTo(RecordCursor.Step.RECORD);
        assertThat(ControlRecord.parse(cursor.key(), cursor.value()))
                .isEqualTo(new ControlRecord(ControlRecord.Type.COMMIT, 42));

        ByteBuffer ours = new ControlRecord(ControlRecord.Type.ABORT, 43).batch(77, (short) 3, 1000);
        Record record = MemoryRecords.readableRecords(ours).records().iterator().next();
        EndTransactionMarker marker = EndTransactionMarker.deserialize(record);
        assertThat(marker.coordinatorEpoch()).isEqualTo(43);
        assertThat(marker.controlType()).isEqualTo(org.apache.kafka.common.record.internal.ControlRecordType.ABORT);
    }

    @Test
    void patchedBatchesStayValidForKafka() {
        ByteBuffer batch = new RecordBatchBuilder()
                .append(1000, null, "v".getBytes(StandardCharsets.UTF_8))
                .build();
        RecordBatchView view = RecordBatchView.of(batch);
        view.setBaseOffset(99);
        view.setPartitionLeaderEpoch(8);
        view.setLogAppendTime(5000);

        MutableRecordBatch kafka =
                MemoryRecords.readableRecords(batch).batches().iterator().next();

        kafka.ensureValid();
        assertThat(kafka.baseOffset()).isEqualTo(99);
        assertThat(kafka.partitionLeaderEpoch()).isEqualTo(8);
        assertThat(kafka.timestampType()).isEqualTo(org.apache.kafka.common.record.TimestampType.LOG_APPEND_TIME);
        assertThat(kafka.iterator().next().timestamp()).isEqualTo(5000);
    }
}
