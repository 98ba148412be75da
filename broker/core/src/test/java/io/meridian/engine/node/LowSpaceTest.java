package io.meridian.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.effect.Effect;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.log.state.SpaceLevel;
import io.meridian.log.storage.VolumeSpace;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.meridian.protocol.message.DeleteRecordsResponse;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DeleteTopicsResponse;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.ProduceResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LowSpaceTest {
    private static final String TOPIC = "orders";
    private static final long GIB = 1L << 30;

    private final MemoryStorage storage = new MemoryStorage();

    @Test
    void producesAreRefusedWhileTheVolumeIsLowAndTakenAgainAfterwards() {
        TestBroker broker = brokerWithTopic(2);
        assertThat(produce(broker)).isEqualTo(ErrorCode.NONE);

        usable(GIB - 1);
        assertThat(produce(broker)).isEqualTo(ErrorCode.NONE);
        broker.pass(600);
        assertThat(produce(broker)).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS);

        usable(GIB + 1);
        broker.pass(10_000);
        assertThat(produce(broker)).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS);

        usable(2 * GIB);
        broker.pass(600);
        assertThat(produce(broker)).isEqualTo(ErrorCode.NONE);
        assertThat(broker.spaceChanges())
                .extracting(Effect.SpaceChanged::level)
                .containsExactly(SpaceLevel.LOW, SpaceLevel.AMPLE);
    }

    @Test
    void whatFreesSpaceGoesOnWhileTheVolumeIsLow() {
        TestBroker broker = brokerWithTopic(1);
        produce(broker);
        usable(GIB / 2);
        produce(broker);
        broker.pass(600);
        assertThat(broker.node(0).statistics().spaceLevel()).isEqualTo(SpaceLevel.LOW);

        assertThat(broker.send(Batches.fetch(TOPIC, 0, 0, 1, 0), 11)
                        .response(FetchResponse.class)
                        .responses()
                        .getFirst()
                        .partitions()
                        .getFirst()
                        .errorCode())
                .isEqualTo(ErrorCode.NONE.code());
        assertThat(deleteRecords(broker, 1)).isEqualTo(1);
        assertThat(broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(TOPIC)), 4)
                        .response(DeleteTopicsResponse.class)
                        .responses()
                        .getFirst()
                        .errorCode())
                .isEqualTo(ErrorCode.NONE.code());
    }

    @Test
    void brokerThatStartsOnALowVolumeTakesNothing() {
        TestBroker broker = brokerWithTopic(1);
        broker.stop();
        usable(GIB / 2);

        TestBroker restarted = TestBroker.start(storage, 1, Map.of());

        assertThat(produce(restarted)).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS);
    }

    @Test
    void fullVolumeTakesNoPartitionOfflineAndWhatWaitedIsWrittenOnce() {
        TestBroker broker = brokerWithTopic(1);
        storage.setFull(true);

        ErrorCode waiting = error(broker.send(Batches.produce(-1, TOPIC, 0, Batches.idempotent(9, 0, 0, "a")), 9));
        ErrorCode refused = produce(broker);

        assertThat(waiting).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
        assertThat(refused).isEqualTo(ErrorCode.NOT_ENOUGH_REPLICAS);
        assertThat(broker.node(0).statistics().partitionsOffline()).isZero();
        assertThat(broker.node(0).statistics().spaceLevel()).isEqualTo(SpaceLevel.EXHAUSTED);

        storage.setFull(false);
        broker.pass(2_000);
        TestRequest retry = broker.send(Batches.produce(-1, TOPIC, 0, Batches.idempotent(9, 0, 0, "a")), 9);

        assertThat(error(retry)).isEqualTo(ErrorCode.NONE);
        assertThat(retry.response(ProduceResponse.class)
                        .responses()
                        .getFirst()
                        .partitionResponses()
                        .getFirst()
                        .baseOffset())
                .isZero();
        assertThat(broker.spaceChanges())
                .extracting(Effect.SpaceChanged::level)
                .containsExactly(SpaceLevel.EXHAUSTED, SpaceLevel.AMPLE);
    }

    @Test
    void checkpointThatFoundNoSpaceIsWrittenLater() {
        TestBroker broker = brokerWithTopic(1);
        produce(broker);
        storage.setFull(true);
        TestRequest request = broker.send(deletion(1), 2);
        assertThat(request.isDone()).isFalse();

        storage.setFull(false);
        broker.pass(1_500);

        assertThat(request.response(DeleteRecordsResponse.class)
                        .topics()
                        .getFirst()
                        .partitions()
                        .getFirst()
                        .lowWatermark())
                .isEqualTo(1);
        assertThat(broker.stopReason()).isNull();
    }

    @Test
    void metadataThatFoundNoSpaceIsWrittenLater() {
        TestBroker broker = brokerWithTopic(1);
        storage.setFull(true);
        TestRequest request = broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(TOPIC)), 4);
        assertThat(request.isDone()).isFalse();

        storage.setFull(false);
        broker.pass(1_500);

        assertThat(request.isDone()).isTrue();
        assertThat(broker.stopReason()).isNull();
    }

    @Test
    void brokerStopsThoughTheVolumeIsFullAndIsNotMarkedClean() {
        TestBroker broker = brokerWithTopic(1);
        produce(broker);
        storage.setFull(true);
        produce(broker);

        broker.stop();
        storage.setFull(false);
        TestBroker restarted = TestBroker.start(storage, 1, Map.of());

        assertThat(broker.isStopped()).isTrue();
        assertThat(restarted.ready().offline()).isEmpty();
        assertThat(produce(restarted)).isEqualTo(ErrorCode.NONE);
    }

    private TestBroker brokerWithTopic(int nodes) {
        usable(50 * GIB);
        TestBroker broker = TestBroker.start(storage, nodes, Map.of());
        broker.createTopic(TOPIC, 1, Map.of());
        return broker;
    }

    private void usable(long bytes) {
        storage.setVolumeSpace(new VolumeSpace(100 * GIB, bytes));
    }

    private static ErrorCode produce(TestBroker broker) {
        return error(broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("value")), 9));
    }

    private static ErrorCode error(TestRequest request) {
        short code = request.response(ProduceResponse.class)
                .responses()
                .getFirst()
                .partitionResponses()
                .getFirst()
                .errorCode();
        return ErrorCode.of(code);
    }

    private static DeleteRecordsRequest deletion(long offset) {
        return new DeleteRecordsRequest(
                List.of(new DeleteRecordsTopic(TOPIC, List.of(new DeleteRecordsPartition(0, offset)))), 30_000);
    }

    private static long deleteRecords(TestBroker broker, long offset) {
        return broker.send(deletion(offset), 2)
                .response(DeleteRecordsResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .lowWatermark();
    }
}
