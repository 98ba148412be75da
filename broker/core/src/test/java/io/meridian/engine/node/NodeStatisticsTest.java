package io.meridian.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.node.NodeDetail.PartitionOffsets;
import io.meridian.engine.replication.TrafficCounters;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.Groups;
import io.meridian.engine.testing.TestBroker;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.message.DeleteTopicsRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeStatisticsTest {
    private static final String TOPIC = "orders";

    private final TestBroker broker =
            TestBroker.start(new MemoryStorage(), 1, Map.of("log.retention.check.interval.ms", "1000"));

    private TrafficCounters.Snapshot traffic() {
        return broker.node(0).statistics().traffic();
    }

    @Test
    void recordsAndBytesOfClientsAreCountedAndThoseHandedOut() {
        broker.createTopic(TOPIC, 1, Map.of());
        int bytes = Batches.plain("a", "b", "c").remaining();

        broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("a", "b", "c")), 9);
        broker.send(Batches.fetch(TOPIC, 0, 0, 1, 0), 12);
        broker.send(Batches.fetch(TOPIC, 0, 0, 1, 0), 12);

        assertThat(traffic().appendedRecords()).isEqualTo(3);
        assertThat(traffic().appendedBytes()).isEqualTo(bytes);
        assertThat(traffic().readBytes()).isEqualTo(2L * bytes);
    }

    @Test
    void batchThatIsSentAgainIsADuplicateAndNotAppended() {
        broker.createTopic(TOPIC, 1, Map.of());

        broker.send(Batches.produce(-1, TOPIC, 0, Batches.idempotent(7, 0, 0, "a")), 9);
        broker.send(Batches.produce(-1, TOPIC, 0, Batches.idempotent(7, 0, 0, "a")), 9);

        assertThat(traffic().appendedRecords()).isEqualTo(1);
        assertThat(traffic().duplicateBatches()).isEqualTo(1);
    }

    @Test
    void refusedBatchCountsAsNothing() {
        broker.createTopic(TOPIC, 1, Map.of("max.message.bytes", "100"));

        broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("x".repeat(1_000))), 9);

        assertThat(traffic().appendedRecords()).isZero();
        assertThat(traffic().appendedBytes()).isZero();
    }

    @Test
    void segmentsThatRetentionRemovesAreCountedWithTheirBytes() {
        broker.createTopic(TOPIC, 1, Map.of("retention.bytes", "3000000", "segment.bytes", "1048576"));
        int bytes = Batches.plain("x".repeat(1_000_000)).remaining();
        for (int index = 0; index < 6; index++) {
            broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("x".repeat(1_000_000))), 9);
        }

        broker.pass(2_000);

        assertThat(traffic().removedSegments()).isEqualTo(3);
        assertThat(traffic().removedBytes()).isEqualTo(3L * bytes);
    }

    @Test
    void whatADeletedTopicDidStaysCounted() {
        broker.createTopic(TOPIC, 1, Map.of());
        broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("a")), 9);
        assertThat(broker.node(0).statistics().partitionsOnline()).isEqualTo(1);

        broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(TOPIC)), 5);
        broker.pass(2_000);

        assertThat(broker.node(0).statistics().partitionsOnline()).isZero();
        assertThat(traffic().appendedRecords()).isEqualTo(1);
    }

    @Test
    void detailNamesPartitionsAndCommittedOffsetsButNoInternalTopic() {
        broker.createTopic(TOPIC, 2, Map.of());
        broker.send(Batches.produce(-1, TOPIC, 1, Batches.plain("a", "b")), 9);
        broker.createTopic("__consumer_offsets", 1, Map.of());
        broker.send(Groups.commit(8, "readers", TOPIC, Uuid.ZERO), 8);
        broker.send(Groups.commit(8, "writers", TOPIC, Uuid.ZERO), 8);

        NodeDetail detail = broker.node(0).detail(1);

        assertThat(detail.partitions())
                .containsExactlyInAnyOrder(new PartitionOffsets(TOPIC, 0, 0, 0), new PartitionOffsets(TOPIC, 1, 0, 2));
        assertThat(detail.committed()).hasSize(1).first().satisfies(offset -> {
            assertThat(offset.groupId()).isEqualTo("readers");
            assertThat(offset.topic()).isEqualTo(TOPIC);
        });
        assertThat(broker.node(0).statistics().groups().census().offsets()).isEqualTo(2);
        assertThat(broker.node(0).statistics().groups().counters().committedOffsets())
                .isEqualTo(2);
        assertThat(broker.node(0).statistics().groups().servingShards()).isEqualTo(1);
        assertThat(broker.node(0).detail(0).committed()).isEqualTo(List.of());
    }
}
