package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.record.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.FileLogInputStream;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Segment files are Apache Kafka's, in both directions.
class KafkaFilesTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final LogDriver driver = new LogDriver(storage, LogConfig.DEFAULT);

    @Test
    void kafkaReadsOurSegment(@TempDir Path directory) throws IOException {
        driver.openNew();
        for (Compression codec : Compression.values()) {
            driver.append(
                    driver.batch(codec.label(), "second").compression(codec).build());
        }
        driver.write();
        Path file = directory.resolve("00000000000000000000.log");
        Files.write(file, storage.bytes("orders-0/00000000000000000000.log"));

        List<String> values = new ArrayList<>();
        try (FileRecords records = FileRecords.open(file.toFile(), false)) {
            for (FileLogInputStream.FileChannelRecordBatch batch : records.batches()) {
                batch.ensureValid();
                for (Record record : batch) {
                    values.add(record.offset() + " " + StandardCharsets.UTF_8.decode(record.value()));
                }
            }
        }

        assertThat(values)
                .containsExactly(
                        "0 none",
                        "1 second",
                        "2 gzip",
                        "3 second",
                        "4 snappy",
                        "5 second",
                        "6 lz4",
                        "7 second",
                        "8 zstd",
                        "9 second");
    }

    @Test
    void kafkasBatchesAreStoredUnchangedButForOffsetAndEpoch() {
        driver.openNew();
        driver.appends("before");
        ByteBuffer kafka = MemoryRecords.withRecords(
                        org.apache.kafka.common.compress.Compression.gzip().build(),
                        new SimpleRecord(LogDriver.START_MS, "value".getBytes(StandardCharsets.UTF_8)))
                .buffer();
        byte[] sent = new byte[kafka.remaining()];
        kafka.get(kafka.position(), sent);

        assertThat(driver.append(kafka)).isEqualTo(new AppendOutcome.Appended(1, 1, -1));
        driver.write();

        byte[] stored = storage.bytes("orders-0/00000000000000000000.log");
        ByteBuffer tail = ByteBuffer.wrap(stored, stored.length - sent.length, sent.length)
                .slice();
        assertThat(tail.getLong(0)).isEqualTo(1);
        assertThat(tail.getInt(12)).isZero();
        tail.putLong(0, ByteBuffer.wrap(sent).getLong(0))
                .putInt(12, ByteBuffer.wrap(sent).getInt(12));
        assertThat(tail).isEqualTo(ByteBuffer.wrap(sent));
    }
}
