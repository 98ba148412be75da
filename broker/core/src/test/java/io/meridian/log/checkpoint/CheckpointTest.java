package io.meridian.log.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.testing.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private final MemoryStorage storage = new MemoryStorage();

    private String text(String path) {
        return new String(storage.bytes(path), StandardCharsets.UTF_8);
    }

    private void put(String path, String content) {
        storage.overwriteOrCreate(path, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void offsetCheckpointHasKafkasLines() throws StorageFault {
        List<OffsetCheckpoint.Entry> entries = List.of(
                new OffsetCheckpoint.Entry("orders", 0, 12), new OffsetCheckpoint.Entry("a.b-c_d", 3, Long.MAX_VALUE));

        OffsetCheckpoint.RECOVERY_POINT.write(storage, entries);

        assertThat(text("recovery-point-offset-checkpoint"))
                .isEqualTo("0\n2\norders 0 12\na.b-c_d 3 9223372036854775807\n");
        assertThat(OffsetCheckpoint.RECOVERY_POINT.read(storage)).isEqualTo(new CheckpointResult.Content<>(entries));
        assertThat(OffsetCheckpoint.LOG_START.read(storage)).isEqualTo(new CheckpointResult.Missing<>());
    }

    @Test
    void damagedCheckpointIsAResult() throws StorageFault {
        for (String content : List.of(
                "",
                "1\n0\n",
                "0\n",
                "0\n2\na 0 1\n",
                "0\n1\na 0 1",
                "0\n1\na 0\n",
                "0\n1\na -1 5\n",
                "0\n1\na 0 99999999999999999999\n",
                "0\n-1\n",
                "0\n1000000000\na 0 1\n")) {
            put("log-start-offset-checkpoint", content);
            assertThat(OffsetCheckpoint.LOG_START.read(storage))
                    .as(content)
                    .isInstanceOf(CheckpointResult.Damaged.class);
        }
    }

    @Test
    void replacedFileIsOldOrNewAfterACrash() throws StorageFault {
        List<OffsetCheckpoint.Entry> old = List.of(new OffsetCheckpoint.Entry("a", 0, 1));
        List<OffsetCheckpoint.Entry> next = List.of(new OffsetCheckpoint.Entry("a", 0, 2));
        for (int seed = 0; seed < 300; seed++) {
            MemoryStorage disk = new MemoryStorage();
            OffsetCheckpoint.REPLICATION.write(disk, old);
            disk.failAfter(seed % 9);
            boolean isDone = true;
            try {
                OffsetCheckpoint.REPLICATION.write(disk, next);
            } catch (StorageFault injected) {
                isDone = false;
            }
            disk.crash(new SeededRandom(seed));
            CheckpointResult<List<OffsetCheckpoint.Entry>> found = OffsetCheckpoint.REPLICATION.read(disk);
            if (isDone) {
                assertThat(found).isEqualTo(new CheckpointResult.Content<>(next));
            } else {
                assertThat(found).isIn(new CheckpointResult.Content<>(old), new CheckpointResult.Content<>(next));
            }
        }
    }

    @Test
    void leaderEpochsReadBackAndMustRise() throws StorageFault {
        storage.createDirectory("orders-0");
        List<LeaderEpochs.Entry> entries = List.of(new LeaderEpochs.Entry(0, 0), new LeaderEpochs.Entry(3, 17));
        AtomicFile.replace(storage, "orders-0", LeaderEpochCheckpoint.NAME, LeaderEpochCheckpoint.encode(entries));

        assertThat(text("orders-0/leader-epoch-checkpoint")).isEqualTo("0\n2\n0 0\n3 17\n");
        assertThat(LeaderEpochCheckpoint.read(storage, "orders-0")).isEqualTo(new CheckpointResult.Content<>(entries));
        put("orders-0/leader-epoch-checkpoint", "0\n2\n3 0\n2 17\n");
        assertThat(LeaderEpochCheckpoint.read(storage, "orders-0")).isInstanceOf(CheckpointResult.Damaged.class);
    }

    @Test
    void partitionMetadataNamesTheTopicId() throws StorageFault {
        storage.createDirectory("orders-0");
        Uuid id = new Uuid(3, 4);
        AtomicFile.replace(storage, "orders-0", PartitionMetadataFile.NAME, PartitionMetadataFile.encode(id));

        assertThat(text("orders-0/partition.metadata")).isEqualTo("version: 0\ntopic_id: " + id + "\n");
        assertThat(PartitionMetadataFile.read(storage, "orders-0")).isEqualTo(new CheckpointResult.Content<>(id));
        for (String content : List.of("", "version: 1\ntopic_id: " + id, "version: 0\ntopic_id: x", "version 0")) {
            put("orders-0/partition.metadata", content);
            assertThat(PartitionMetadataFile.read(storage, "orders-0"))
                    .as(content)
                    .isInstanceOf(CheckpointResult.Damaged.class);
        }
    }

    @Test
    void metaPropertiesReadBackAlsoAsJavaWritesThem() throws StorageFault {
        MetaProperties properties = new MetaProperties("abc", 5, "def");
        properties.write(storage);
        assertThat(MetaProperties.read(storage)).isEqualTo(new CheckpointResult.Content<>(properties));

        put("meta.properties", "#\n#Mon Jan 01\nnode.id=5\nversion=1\ncluster.id=abc\ndirectory.id=def\n");
        assertThat(MetaProperties.read(storage)).isEqualTo(new CheckpointResult.Content<>(properties));
        put("meta.properties", "version=2\nnode.id=5\ncluster.id=abc\n");
        assertThat(MetaProperties.read(storage))
                .isInstanceOfSatisfying(
                        CheckpointResult.Damaged.class,
                        damaged -> assertThat(damaged.reason()).contains("expected version 1, found 2"));
    }

    @Test
    void cleanShutdownMarkerCarriesTheBrokerEpoch() throws StorageFault {
        CleanShutdownMarker.write(storage, 42);
        assertThat(CleanShutdownMarker.exists(storage)).isTrue();
        assertThat(CleanShutdownMarker.brokerEpoch(storage)).isEqualTo(OptionalLong.of(42));

        CleanShutdownMarker.remove(storage);
        assertThat(CleanShutdownMarker.exists(storage)).isFalse();
        put(".kafka_cleanshutdown", "");
        assertThat(CleanShutdownMarker.brokerEpoch(storage)).isEmpty();
    }
}
