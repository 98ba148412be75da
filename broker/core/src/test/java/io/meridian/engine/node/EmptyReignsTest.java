package io.meridian.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.meridian.protocol.message.ListOffsetsResponse;
import io.meridian.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.meridian.protocol.message.OffsetForLeaderEpochResponse;
import io.meridian.protocol.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every start begins a reign, and many write nothing. A client that learnt of such a reign asks where it ended after
/// the next start, and must not be told that the log has lost something.
final class EmptyReignsTest {
    private static final String TOPIC = "orders";

    private final MemoryStorage storage = new MemoryStorage();
    private TestBroker broker = TestBroker.start(storage, 2, Map.of());

    private void restart() {
        broker.stop();
        broker = TestBroker.start(storage, 2, Map.of());
    }

    private void write() {
        broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("a")), 9);
    }

    private EpochEndOffset endOf(int epoch) {
        OffsetForLeaderEpochRequest request = OffsetForLeaderEpochRequest.DEFAULT
                .withReplicaId(-1)
                .withTopics(List.of(new OffsetForLeaderTopic(
                        TOPIC, List.of(OffsetForLeaderPartition.DEFAULT.withLeaderEpoch(epoch)))));
        return broker.send(request, 4)
                .response(OffsetForLeaderEpochResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst();
    }

    private ListOffsetsPartitionResponse listed(long position) {
        ListOffsetsRequest request = ListOffsetsRequest.DEFAULT
                .withReplicaId(-1)
                .withTopics(List.of(
                        new ListOffsetsTopic(TOPIC, List.of(ListOffsetsPartition.DEFAULT.withTimestamp(position)))));
        return broker.send(request, 7)
                .response(ListOffsetsResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst();
    }

    @Test
    void anEmptyLogBeginsInTheCurrentReign() {
        broker.createTopic(TOPIC, 1, Map.of());

        assertThat(listed(-2L).leaderEpoch()).isZero();
        assertThat(endOf(0).leaderEpoch()).isZero();
        assertThat(endOf(0).endOffset()).isZero();
        assertThat(endOf(1).endOffset()).isEqualTo(-1L);
    }

    @Test
    void reignsWithoutRecordsEndWhereTheyBegan() {
        broker.createTopic(TOPIC, 1, Map.of());
        write();
        restart();
        int silent = listed(-1L).leaderEpoch();
        restart();
        assertThat(listed(-1L).leaderEpoch()).isGreaterThan(silent);

        assertThat(endOf(silent).leaderEpoch()).isZero();
        assertThat(endOf(silent).endOffset()).isEqualTo(1L);

        write();
        assertThat(endOf(silent).endOffset()).isEqualTo(1L);
    }

    @Test
    void aReignBeforeTheFirstRecordEndsAtTheBeginning() {
        broker.createTopic(TOPIC, 1, Map.of());
        restart();
        assertThat(endOf(0).leaderEpoch()).isZero();
        assertThat(endOf(0).endOffset()).isZero();

        write();

        assertThat(endOf(0).leaderEpoch()).isZero();
        assertThat(endOf(0).endOffset()).isZero();
    }
}
