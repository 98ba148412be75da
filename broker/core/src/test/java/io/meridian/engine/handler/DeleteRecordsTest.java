package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.log.checkpoint.CheckpointResult;
import io.meridian.log.checkpoint.OffsetCheckpoint;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.meridian.protocol.message.DeleteRecordsResponse;
import io.meridian.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.meridian.protocol.message.ListOffsetsResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeleteRecordsTest {
    private static final int VERSION = 2;
    private static final String TOPIC = "orders";
    private static final int TIMEOUT_MS = 2_000;

    private final MemoryStorage storage = new MemoryStorage();

    @Test
    void recordsBeforeTheOffsetAreGone() {
        TestBroker broker = brokerWith(5, Map.of());

        DeleteRecordsPartitionResult result = deleted(broker, 3);

        assertThat(result.errorCode()).isEqualTo(ErrorCode.NONE.code());
        assertThat(result.lowWatermark()).isEqualTo(3);
        assertThat(fetchError(broker, 2)).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE.code());
        assertThat(fetchError(broker, 3)).isEqualTo(ErrorCode.NONE.code());
        assertThat(earliest(broker)).isEqualTo(3);
    }

    @Test
    void minusOneStandsForTheHighWatermark() {
        TestBroker broker = brokerWith(5, Map.of());

        assertThat(deleted(broker, -1).lowWatermark()).isEqualTo(5);
        assertThat(earliest(broker)).isEqualTo(5);
    }

    @Test
    void offsetBelowTheStartChangesNothing() {
        TestBroker broker = brokerWith(5, Map.of());
        deleted(broker, 4);

        assertThat(deleted(broker, 2).lowWatermark()).isEqualTo(4);
        assertThat(earliest(broker)).isEqualTo(4);
    }

    @Test
    void offsetAboveTheHighWatermarkIsOutOfRange() {
        TestBroker broker = brokerWith(5, Map.of());

        for (long offset : new long[] {6, -2, Long.MAX_VALUE, Long.MIN_VALUE}) {
            DeleteRecordsPartitionResult result = deleted(broker, offset);
            assertThat(result.errorCode()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE.code());
            assertThat(result.lowWatermark()).isEqualTo(-1);
        }
        assertThat(earliest(broker)).isZero();
    }

    @Test
    void recordsOfATopicThatIsOnlyCompactedStay() {
        assertThat(errorFor("compact")).isEqualTo(ErrorCode.POLICY_VIOLATION.code());
        assertThat(errorFor("compact,delete")).isEqualTo(ErrorCode.NONE.code());
        assertThat(errorFor("delete,compact")).isEqualTo(ErrorCode.NONE.code());
        assertThat(errorFor("delete")).isEqualTo(ErrorCode.NONE.code());
        assertThat(errorFor("")).isEqualTo(ErrorCode.NONE.code());
    }

    private static short errorFor(String policy) {
        TestBroker broker = TestBroker.start(1);
        broker.createTopic(TOPIC, 1, Map.of("cleanup.policy", policy));
        return deleted(broker, 0).errorCode();
    }

    @Test
    void unknownTopicsAndPartitionsAreNamedSo() {
        TestBroker broker = brokerWith(1, Map.of());

        assertThat(result(broker.send(request("nowhere", 0, 0, TIMEOUT_MS), VERSION))
                        .errorCode())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(result(broker.send(request(TOPIC, 9, 0, TIMEOUT_MS), VERSION))
                        .errorCode())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
    }

    @Test
    void whoeverMayNotDeleteIsToldSo() {
        TestBroker broker =
                TestBroker.start(1, (_, operation, _, _) -> !operation.name().equals("DELETE"));
        broker.createTopic(TOPIC, 1, Map.of());

        assertThat(deleted(broker, 0).errorCode()).isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
    }

    @Test
    void answerWaitsUntilTheNewStartIsDurable() throws StorageFault {
        TestBroker broker = brokerWith(5, Map.of());
        broker.hold(StorageJob.Lane.DISK);

        TestRequest request = broker.send(request(TOPIC, 0, 3, TIMEOUT_MS), VERSION);

        assertThat(request.isDone()).isFalse();
        assertThat(earliest(broker)).isZero();
        broker.letGo();
        assertThat(result(request).lowWatermark()).isEqualTo(3);
        assertThat(OffsetCheckpoint.LOG_START.read(storage))
                .isEqualTo(new CheckpointResult.Content<>(List.of(new OffsetCheckpoint.Entry(TOPIC, 0, 3))));
    }

    @Test
    void deletionThatIsNotDurableInTimeTimesOut() {
        TestBroker broker = brokerWith(5, Map.of());
        broker.hold(StorageJob.Lane.DISK);
        TestRequest request = broker.send(request(TOPIC, 0, 3, TIMEOUT_MS), VERSION);

        broker.pass(TIMEOUT_MS);

        assertThat(result(request).errorCode()).isEqualTo(ErrorCode.REQUEST_TIMED_OUT.code());
        broker.letGo();
        assertThat(request.outcomes()).isEqualTo(1);
        assertThat(earliest(broker)).isEqualTo(3);
    }

    @Test
    void deletionsThatComeWhileOneIsOnItsWayGoTogether() {
        TestBroker broker = brokerWith(9, Map.of());
        broker.hold(StorageJob.Lane.DISK);
        TestRequest first = broker.send(request(TOPIC, 0, 2, TIMEOUT_MS), VERSION);
        TestRequest second = broker.send(request(TOPIC, 0, 7, TIMEOUT_MS), VERSION);
        TestRequest third = broker.send(request(TOPIC, 0, 4, TIMEOUT_MS), VERSION);

        broker.letGo();

        assertThat(result(first).lowWatermark()).isGreaterThanOrEqualTo(2);
        assertThat(result(second).lowWatermark()).isEqualTo(7);
        assertThat(result(third).lowWatermark()).isEqualTo(7);
    }

    @Test
    void startSurvivesAKill() {
        TestBroker broker = brokerWith(5, Map.of());
        deleted(broker, 3);
        storage.kill();

        TestBroker restarted = TestBroker.start(storage, 1, Map.of());

        assertThat(earliest(restarted)).isEqualTo(3);
        assertThat(fetchError(restarted, 2)).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE.code());
        assertThat(deleted(restarted, 4).lowWatermark()).isEqualTo(4);
    }

    @Test
    void startOfALogThatWentOfflineIsNotTakenBack() throws StorageFault {
        TestBroker broker = brokerWith(5, Map.of());
        broker.createTopic("others", 1, Map.of());
        deleted(broker, 3);
        storage.failAfter(0);
        broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("x")), 9);
        storage.heal();
        assertThat(broker.node(0).statistics().partitionsOffline()).isEqualTo(1);

        broker.send(Batches.produce(-1, "others", 0, Batches.plain("x")), 9);
        deleted(broker, "others", 1);

        assertThat(OffsetCheckpoint.LOG_START.read(storage))
                .isEqualTo(new CheckpointResult.Content<>(
                        List.of(new OffsetCheckpoint.Entry(TOPIC, 0, 3), new OffsetCheckpoint.Entry("others", 0, 1))));
    }

    @Test
    void topicThatComesBackBeginsAtZero() {
        TestBroker broker = brokerWith(5, Map.of());
        deleted(broker, 3);
        broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(TOPIC)), 4);

        broker.createTopic(TOPIC, 1, Map.of());
        assertThat(earliest(broker)).isZero();
        storage.kill();
        TestBroker restarted = TestBroker.start(storage, 1, Map.of());

        assertThat(restarted.ready().offline()).isEmpty();
        assertThat(earliest(restarted)).isZero();
    }

    @Test
    void fetchThatWaitsIsWokenWhenItsOffsetIsGone() {
        TestBroker broker = brokerWith(5, Map.of());
        TestRequest fetch = broker.send(Batches.fetch(TOPIC, 0, 4, 1 << 20, 60_000), 11);
        assertThat(fetch.isDone()).isFalse();

        deleted(broker, 5);

        assertThat(fetch.isDone()).isTrue();
        assertThat(fetch.response(FetchResponse.class)
                        .responses()
                        .getFirst()
                        .partitions()
                        .getFirst()
                        .errorCode())
                .isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE.code());
    }

    @Test
    void partitionsOfSeveralNodesAreAnsweredTogether() {
        TestBroker broker = TestBroker.start(storage, 3, Map.of());
        broker.createTopic(TOPIC, 6, Map.of());
        for (int partition = 0; partition < 6; partition++) {
            broker.send(Batches.produce(-1, TOPIC, partition, Batches.plain("a", "b")), 9);
        }
        List<DeleteRecordsPartition> partitions = new java.util.ArrayList<>();
        for (int partition = 0; partition < 6; partition++) {
            partitions.add(new DeleteRecordsPartition(partition, 1));
        }

        DeleteRecordsResponse response = broker.send(
                        1,
                        new DeleteRecordsRequest(List.of(new DeleteRecordsTopic(TOPIC, partitions)), TIMEOUT_MS),
                        VERSION)
                .response(DeleteRecordsResponse.class);

        assertThat(response.topics().getFirst().partitions())
                .hasSize(6)
                .allSatisfy(result -> assertThat(result.lowWatermark()).isEqualTo(1));
    }

    private TestBroker brokerWith(int records, Map<String, String> configs) {
        TestBroker broker = TestBroker.start(storage, 1, Map.of());
        broker.createTopic(TOPIC, 1, configs);
        for (int index = 0; index < records; index++) {
            broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("value")), 9);
        }
        return broker;
    }

    private static DeleteRecordsRequest request(String topic, int partition, long offset, int timeoutMs) {
        return new DeleteRecordsRequest(
                List.of(new DeleteRecordsTopic(topic, List.of(new DeleteRecordsPartition(partition, offset)))),
                timeoutMs);
    }

    private static DeleteRecordsPartitionResult deleted(TestBroker broker, long offset) {
        return deleted(broker, TOPIC, offset);
    }

    private static DeleteRecordsPartitionResult deleted(TestBroker broker, String topic, long offset) {
        return result(broker.send(request(topic, 0, offset, TIMEOUT_MS), VERSION));
    }

    private static DeleteRecordsPartitionResult result(TestRequest request) {
        return request.response(DeleteRecordsResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst();
    }

    private static short fetchError(TestBroker broker, long offset) {
        return broker.send(Batches.fetch(TOPIC, 0, offset, 0, 0), 11)
                .response(FetchResponse.class)
                .responses()
                .getFirst()
                .partitions()
                .getFirst()
                .errorCode();
    }

    private static long earliest(TestBroker broker) {
        return broker.send(
                        ListOffsetsRequest.DEFAULT
                                .withReplicaId(-1)
                                .withTopics(List.of(new ListOffsetsTopic(
                                        TOPIC, List.of(ListOffsetsPartition.DEFAULT.withTimestamp(-2L))))),
                        5)
                .response(ListOffsetsResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .offset();
    }
}
