package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.FetchResponse.PartitionData;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceRequest.PartitionProduceData;
import io.meridian.protocol.message.ProduceRequest.TopicProduceData;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.wire.BufferPayload;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProduceAndFetchTest {
    private static final int PRODUCE_VERSION = 12;
    private static final int FETCH_VERSION = 12;

    @Test
    void acknowledgedRecordsAreFetchedWithTheirOffsets() {
        TestBroker broker = brokerWithTopic(1);

        PartitionProduceResponse first = produced(broker.send(produce(-1, "a", "b"), PRODUCE_VERSION));
        PartitionProduceResponse second = produced(broker.send(produce(-1, "c"), PRODUCE_VERSION));
        PartitionData fetched = fetched(broker.send(Batches.fetch("orders", 0, 0, 1, 0), FETCH_VERSION));

        assertThat(first.errorCode()).isEqualTo(ErrorCode.NONE.code());
        assertThat(first.baseOffset()).isEqualTo(0);
        assertThat(second.baseOffset()).isEqualTo(2);
        assertThat(fetched.highWatermark()).isEqualTo(3);
        assertThat(recordCount(fetched)).isEqualTo(3);
    }

    @Test
    void allAcknowledgementWaitsForTheSync() {
        TestBroker broker = brokerWithTopic(1);
        broker.hold(StorageJob.Lane.SYNC);

        TestRequest all = broker.send(produce(-1, "a"), PRODUCE_VERSION);
        TestRequest leaderOnly = broker.send(produce(1, "b"), PRODUCE_VERSION);
        PartitionData before = fetched(broker.send(Batches.fetch("orders", 0, 0, 1, 0), FETCH_VERSION));

        assertThat(all.isDone()).isFalse();
        assertThat(leaderOnly.isDone()).isTrue();
        assertThat(before.highWatermark()).isZero();
        assertThat(recordCount(before)).isZero();
        broker.letGo();
        assertThat(produced(all).baseOffset()).isZero();
        assertThat(recordCount(fetched(broker.send(Batches.fetch("orders", 0, 0, 1, 0), FETCH_VERSION))))
                .isEqualTo(2);
    }

    @Test
    void topicThatLeavesSyncingToTheSystemAcknowledgesWrites() {
        TestBroker broker = TestBroker.start(1);
        broker.createTopic("orders", 1, Map.of("flush.policy", "os"));
        broker.hold(StorageJob.Lane.SYNC);

        TestRequest all = broker.send(produce(-1, "a"), PRODUCE_VERSION);

        assertThat(produced(all).errorCode()).isEqualTo(ErrorCode.NONE.code());
    }

    @Test
    void produceThatIsNotReplicatedInTimeTimesOutAndGivesItsMemoryBack() {
        TestBroker broker = brokerWithTopic(1);
        broker.hold(StorageJob.Lane.SYNC);
        TestRequest request = broker.send(produce(-1, "a"), PRODUCE_VERSION);

        broker.pass(1_000);

        assertThat(produced(request).errorCode()).isEqualTo(ErrorCode.REQUEST_TIMED_OUT.code());
        broker.letGo();
        assertThat(request.outcomes()).isEqualTo(1);
        assertThat(request.uses()).isZero();
    }

    @Test
    void retryOfAnAppendedBatchIsAnsweredWithItsFirstOffset() {
        TestBroker broker = brokerWithTopic(1);
        broker.send(idempotent(0, "a", "b"), PRODUCE_VERSION);
        broker.send(idempotent(2, "c"), PRODUCE_VERSION);

        PartitionProduceResponse retry = produced(broker.send(idempotent(0, "a", "b"), PRODUCE_VERSION));

        assertThat(retry.errorCode()).isEqualTo(ErrorCode.NONE.code());
        assertThat(retry.baseOffset()).isZero();
        assertThat(fetched(broker.send(Batches.fetch("orders", 0, 0, 1, 0), FETCH_VERSION))
                        .highWatermark())
                .isEqualTo(3);
    }

    @Test
    void retryWaitsForTheSyncOfItsOriginal() {
        TestBroker broker = brokerWithTopic(1);
        broker.hold(StorageJob.Lane.SYNC);
        broker.send(idempotent(0, "a"), PRODUCE_VERSION);

        TestRequest retry = broker.send(idempotent(0, "a"), PRODUCE_VERSION);

        assertThat(retry.isDone()).isFalse();
        broker.letGo();
        assertThat(produced(retry).baseOffset()).isZero();
    }

    @Test
    void firstBatchOfAProducerThatTheLogHasNeverSeenStartsAtZero() {
        TestBroker broker = brokerWithTopic(1);

        PartitionProduceResponse second = produced(broker.send(idempotent(3, "d"), PRODUCE_VERSION));
        PartitionProduceResponse first = produced(broker.send(idempotent(0, "a", "b", "c"), PRODUCE_VERSION));

        assertThat(second.errorCode()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.code());
        assertThat(first.baseOffset()).isZero();
    }

    @Test
    void gapInSequencesIsRefused() {
        TestBroker broker = brokerWithTopic(1);
        broker.send(idempotent(0, "a"), PRODUCE_VERSION);

        PartitionProduceResponse gap = produced(broker.send(idempotent(5, "f"), PRODUCE_VERSION));

        assertThat(gap.errorCode()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.code());
    }

    @Test
    void unknownAcksAreRefused() {
        TestBroker broker = brokerWithTopic(1);

        PartitionProduceResponse refused = produced(broker.send(produce(2, "a"), PRODUCE_VERSION));

        assertThat(refused.errorCode()).isEqualTo(ErrorCode.INVALID_REQUIRED_ACKS.code());
    }

    @Test
    void damagedBatchIsRefusedAndNothingIsAppended() {
        TestBroker broker = brokerWithTopic(1);
        ByteBuffer batch = Batches.plain("a");
        batch.put(batch.limit() - 1, (byte) (batch.get(batch.limit() - 1) ^ 1));

        PartitionProduceResponse refused =
                produced(broker.send(Batches.produce(-1, "orders", 0, batch), PRODUCE_VERSION));

        assertThat(refused.errorCode()).isEqualTo(ErrorCode.CORRUPT_MESSAGE.code());
        assertThat(produced(broker.send(produce(-1, "b"), PRODUCE_VERSION)).baseOffset())
                .isZero();
    }

    @Test
    void unknownTopicIsNotCreatedByProduce() {
        TestBroker broker = TestBroker.start(1);

        PartitionProduceResponse refused = produced(broker.send(produce(-1, "a"), PRODUCE_VERSION));

        assertThat(refused.errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(broker.node(0).image().topics().size()).isZero();
    }

    @Test
    void partitionNamedTwiceIsRefusedAtItsSecondPlace() {
        TestBroker broker = brokerWithTopic(1);
        ProduceRequest twice = ProduceRequest.DEFAULT
                .withAcks((short) -1)
                .withTimeoutMs(1_000)
                .withTopicData(List.of(TopicProduceData.DEFAULT
                        .withName("orders")
                        .withPartitionData(List.of(
                                new PartitionProduceData(0, new BufferPayload(Batches.plain("a"))),
                                new PartitionProduceData(0, new BufferPayload(Batches.plain("b")))))));

        ProduceResponse response = broker.send(twice, PRODUCE_VERSION).response(ProduceResponse.class);

        assertThat(response.responses().getFirst().partitionResponses())
                .extracting(PartitionProduceResponse::errorCode)
                .containsExactly(ErrorCode.NONE.code(), ErrorCode.INVALID_REQUEST.code());
    }

    @Test
    void withoutAcknowledgementNothingIsAnsweredAndAnErrorClosesTheConnection() {
        TestBroker broker = brokerWithTopic(1);

        TestRequest good = broker.send(produce(0, "a"), PRODUCE_VERSION);
        TestRequest bad = broker.send(Batches.produce(0, "nowhere", 0, Batches.plain("a")), PRODUCE_VERSION);

        assertThat(good.isDone()).isTrue();
        assertThat(good.closeReason()).isNull();
        assertThat(bad.closeReason()).contains("UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(good.uses()).isZero();
    }

    @Test
    void partitionsOfBothNodesAreServedWhicheverIsAsked() {
        TestBroker broker = TestBroker.start(2);
        broker.createTopic("orders", 4, Map.of());
        for (int partition = 0; partition < 4; partition++) {
            TestRequest request = broker.send(
                    partition % 2, Batches.produce(-1, "orders", partition, Batches.plain("a")), PRODUCE_VERSION);
            assertThat(produced(request).errorCode()).isEqualTo(ErrorCode.NONE.code());
        }

        for (int partition = 0; partition < 4; partition++) {
            PartitionData fetched = fetched(broker.send(1, Batches.fetch("orders", partition, 0, 1, 0), FETCH_VERSION));
            assertThat(recordCount(fetched)).isEqualTo(1);
        }
        assertThat(broker.node(0).partitions().all()).hasSize(2);
        assertThat(broker.node(1).partitions().all()).hasSize(2);
    }

    @Test
    void fetchWaitsForDataAndIsAnsweredWhenItComes() {
        TestBroker broker = TestBroker.start(2);
        broker.createTopic("orders", 2, Map.of());
        TestRequest here = broker.send(0, Batches.fetch("orders", 0, 0, 1, 500), FETCH_VERSION);
        TestRequest there = broker.send(0, Batches.fetch("orders", 1, 0, 1, 500), FETCH_VERSION);
        assertThat(here.isDone() || there.isDone()).isFalse();

        broker.send(Batches.produce(-1, "orders", 0, Batches.plain("a")), PRODUCE_VERSION);
        broker.send(Batches.produce(-1, "orders", 1, Batches.plain("b")), PRODUCE_VERSION);

        assertThat(recordCount(fetched(here))).isEqualTo(1);
        assertThat(recordCount(fetched(there))).isEqualTo(1);
        assertThat(broker.node(0).statistics().parkedFetches()).isZero();
        assertThat(broker.node(1).statistics().parkedFetches()).isZero();
    }

    @Test
    void fetchThatWaitedLongEnoughIsAnsweredEmpty() {
        TestBroker broker = brokerWithTopic(1);
        TestRequest waiting = broker.send(Batches.fetch("orders", 0, 0, 1, 500), FETCH_VERSION);

        broker.pass(499);
        boolean early = waiting.isDone();
        broker.pass(1);

        assertThat(early).isFalse();
        assertThat(recordCount(fetched(waiting))).isZero();
        assertThat(broker.node(0).statistics().parkedFetches()).isZero();
        assertThat(broker.node(0).nextDeadlineNs()).isGreaterThan(broker.now().monotonicNs());
    }

    @Test
    void fetchWaitsForItsMinimumAndReturnsLessAtTheDeadline() {
        TestBroker broker = brokerWithTopic(1);
        TestRequest waiting = broker.send(Batches.fetch("orders", 0, 0, 100_000, 500), FETCH_VERSION);
        broker.send(produce(-1, "a"), PRODUCE_VERSION);
        boolean afterLittle = waiting.isDone();

        broker.pass(500);

        assertThat(afterLittle).isFalse();
        assertThat(recordCount(fetched(waiting))).isEqualTo(1);
    }

    @Test
    void offsetBeyondTheEndIsOutOfRangeAndTheEndIsNot() {
        TestBroker broker = brokerWithTopic(1);
        broker.send(produce(-1, "a"), PRODUCE_VERSION);

        PartitionData atEnd = fetched(broker.send(Batches.fetch("orders", 0, 1, 1, 0), FETCH_VERSION));
        PartitionData beyond = fetched(broker.send(Batches.fetch("orders", 0, 2, 1, 100), FETCH_VERSION));

        assertThat(atEnd.errorCode()).isEqualTo(ErrorCode.NONE.code());
        assertThat(beyond.errorCode()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE.code());
    }

    @Test
    void recordsAndProducersSurviveARestartInALaterEpoch() {
        MemoryStorage storage = new MemoryStorage();
        TestBroker before = TestBroker.start(storage, 2, Map.of());
        before.createTopic("orders", 1, Map.of());
        before.send(idempotent(0, "a"), PRODUCE_VERSION);
        before.send(idempotent(1, "b"), PRODUCE_VERSION);
        before.stop();
        assertThat(before.isStopped()).isTrue();

        TestBroker after = TestBroker.start(storage, 2, Map.of());
        PartitionProduceResponse retry = produced(after.send(idempotent(0, "a"), PRODUCE_VERSION));
        PartitionProduceResponse next = produced(after.send(idempotent(2, "c"), PRODUCE_VERSION));

        assertThat(after.ready().brokerEpoch()).isGreaterThan(before.ready().brokerEpoch());
        assertThat(retry.baseOffset()).isZero();
        assertThat(next.baseOffset()).isEqualTo(2);
        var topic = after.node(0).image().topics().byName("orders");
        assertThat(topic).isNotNull();
        assertThat(topic.partitions().getFirst().leaderEpoch()).isEqualTo(1);
    }

    @Test
    void topicCreatedAgainUnderItsNameStartsEmpty() {
        MemoryStorage storage = new MemoryStorage();
        TestBroker broker = TestBroker.start(storage, 1, Map.of());
        broker.createTopic("orders", 1, Map.of());
        broker.send(produce(-1, "a", "b", "c"), PRODUCE_VERSION);
        broker.pass(120_000);

        broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of("orders")), 5);
        broker.createTopic("orders", 1, Map.of());
        PartitionProduceResponse first = produced(broker.send(produce(-1, "d"), PRODUCE_VERSION));
        TestBroker restarted = TestBroker.start(storage, 1, Map.of());

        assertThat(first.baseOffset()).isZero();
        assertThat(restarted.ready().offline()).isEmpty();
        assertThat(recordCount(fetched(restarted.send(Batches.fetch("orders", 0, 0, 1, 0), FETCH_VERSION))))
                .isEqualTo(1);
    }

    @Test
    void failedWriteTakesThePartitionOfflineAndSaysSo() {
        MemoryStorage storage = new MemoryStorage();
        TestBroker broker = TestBroker.start(storage, 1, Map.of());
        broker.createTopic("orders", 1, Map.of());
        storage.failAfter(0);

        PartitionProduceResponse failed = produced(broker.send(produce(-1, "a"), PRODUCE_VERSION));
        PartitionProduceResponse after = produced(broker.send(produce(-1, "b"), PRODUCE_VERSION));

        assertThat(failed.errorCode()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR.code());
        assertThat(after.errorCode()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR.code());
        assertThat(broker.node(0).statistics().partitionsOffline()).isEqualTo(1);
    }

    private static TestBroker brokerWithTopic(int partitions) {
        TestBroker broker = TestBroker.start(1);
        broker.createTopic("orders", partitions, Map.of());
        return broker;
    }

    private static ProduceRequest produce(int acks, String... values) {
        return Batches.produce(acks, "orders", 0, Batches.plain(values));
    }

    private static ProduceRequest idempotent(int baseSequence, String... values) {
        return Batches.produce(-1, "orders", 0, Batches.idempotent(9, 0, baseSequence, values));
    }

    private static PartitionProduceResponse produced(TestRequest request) {
        return request.response(ProduceResponse.class)
                .responses()
                .getFirst()
                .partitionResponses()
                .getFirst();
    }

    private static PartitionData fetched(TestRequest request) {
        return request.response(FetchResponse.class)
                .responses()
                .getFirst()
                .partitions()
                .getFirst();
    }

    private static int recordCount(PartitionData data) {
        if (!(data.records() instanceof FetchedSlice slice)) {
            return 0;
        }
        ByteBuffer bytes = TestBroker.bytesOf(slice).slice();
        int count = 0;
        while (bytes.hasRemaining()) {
            RecordBatchView batch = RecordBatchView.of(bytes.slice());
            count += batch.recordCount();
            bytes.position(bytes.position() + batch.sizeBytes());
        }
        return count;
    }
}
