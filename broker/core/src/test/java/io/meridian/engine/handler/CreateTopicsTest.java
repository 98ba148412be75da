package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.CreatePartitionsRequest;
import io.meridian.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.meridian.protocol.message.CreatePartitionsResponse;
import io.meridian.protocol.message.CreatePartitionsResponse.CreatePartitionsTopicResult;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.meridian.protocol.message.CreateTopicsResponse;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.ProduceResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Topics and partitions are answered when they serve, on whichever node the client asks next.
class CreateTopicsTest {
    private static final int NODES = 3;

    private final TestBroker broker = TestBroker.start(NODES);

    @Test
    void answerWaitsUntilEveryPartitionIsOpen() {
        broker.hold(StorageJob.Lane.DISK);
        TestRequest request = broker.send(1, create("a", 5, 60_000), 7);
        broker.pass(59_000);
        assertThat(request.isDone()).isFalse();

        broker.letGo();

        assertThat(errorOf(request)).isEqualTo(ErrorCode.NONE);
        assertServes("a", 5);
        assertThat(broker.node(1).statistics().requestsInWork()).isZero();
        broker.pass(120_000);
        assertThat(request.outcomes()).isEqualTo(1);
    }

    @Test
    void whatTakesLongerThanTheRequestAllowsTimesOutAndGoesOn() {
        broker.hold(StorageJob.Lane.DISK);
        TestRequest request = broker.send(create("a", 2, 5_000), 7);
        broker.pass(4_999);
        assertThat(request.isDone()).isFalse();

        broker.pass(1);

        assertThat(errorOf(request)).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        broker.letGo();
        assertThat(request.outcomes()).isEqualTo(1);
        assertServes("a", 2);
    }

    @Test
    void controllerThatDoesNotAnswerInTimeIsNotWaitedFor() {
        broker.hold(StorageJob.Lane.SYNC);
        TestRequest request = broker.send(2, create("a", 2, 5_000), 7);

        broker.pass(5_000);

        assertThat(errorOf(request)).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        broker.letGo();
        assertThat(request.outcomes()).isEqualTo(1);
        assertServes("a", 2);
    }

    @Test
    void refusedTopicsKeepTheirReasonWhenTheOthersTimeOut() {
        broker.hold(StorageJob.Lane.DISK);
        CreateTopicsRequest both = create("a", 1, 100);
        TestRequest request = broker.send(
                both.withTopics(List.of(
                        both.topics().getFirst(), both.topics().getFirst().withName("no/where"))),
                7);

        broker.pass(100);

        assertThat(request.response(CreateTopicsResponse.class).topics())
                .extracting(result -> ErrorCode.of(result.errorCode()))
                .containsExactlyInAnyOrder(ErrorCode.REQUEST_TIMED_OUT, ErrorCode.INVALID_TOPIC_EXCEPTION);
    }

    @Test
    void topicDeletedBeforeItServesIsWaitedForNoLonger() {
        broker.hold(StorageJob.Lane.DISK);
        TestRequest creation = broker.send(create("a", 3, 60_000), 7);
        broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of("a")), 5);

        assertThat(errorOf(creation)).isEqualTo(ErrorCode.NONE);
        broker.letGo();
    }

    @Test
    void newPartitionsOfATopicServeWhenTheyAreAnswered() {
        broker.createTopic("a", 2, Map.of());
        broker.hold(StorageJob.Lane.DISK);
        TestRequest request = broker.send(2, more("a", 6, 60_000, false), 3);
        assertThat(request.isDone()).isFalse();

        broker.letGo();

        assertThat(partitionsError(request)).isEqualTo(ErrorCode.NONE);
        assertServes("a", 6);
    }

    @Test
    void newPartitionsThatTakeTooLongTimeOutAndGoOn() {
        broker.createTopic("a", 2, Map.of());
        broker.hold(StorageJob.Lane.DISK);
        TestRequest request = broker.send(more("a", 3, 50, false), 3);

        broker.pass(50);

        assertThat(partitionsError(request)).isEqualTo(ErrorCode.REQUEST_TIMED_OUT);
        broker.letGo();
        assertServes("a", 3);
    }

    @Test
    void partitionsThatAreOnlyValidatedAreAnsweredAtOnceAndNotMade() {
        broker.createTopic("a", 2, Map.of());

        assertThat(partitionsError(broker.send(more("a", 6, 1_000, true), 3))).isEqualTo(ErrorCode.NONE);
        assertThat(broker.node(0).image().topics().partitionCount()).isEqualTo(2);
    }

    @Test
    void eachTopicIsRefusedForItsOwnReason() {
        broker.createTopic("a", 2, Map.of());

        CreatePartitionsResponse response = broker.send(
                        CreatePartitionsRequest.DEFAULT
                                .withTimeoutMs(1_000)
                                .withTopics(List.of(
                                        new CreatePartitionsTopic("none", 3, null),
                                        new CreatePartitionsTopic("a", 1, null))),
                        3)
                .response(CreatePartitionsResponse.class);

        assertThat(response.results())
                .extracting(CreatePartitionsTopicResult::errorCode)
                .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(), ErrorCode.INVALID_PARTITIONS.code());
        assertThat(response.results().getLast().errorMessage()).contains("1 partitions", "more than 2", "topic a");
    }

    @Test
    void whoMayNotAlterATopicIsTold() {
        TestBroker strict = TestBroker.start(1, (_, _, _, _) -> false);

        assertThat(partitionsError(strict.send(more("a", 3, 1_000, false), 3)))
                .isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    }

    @Test
    void addedPartitionsAreThereAfterARestart() {
        broker.createTopic("a", 2, Map.of());
        broker.send(more("a", 4, 1_000, false), 3);
        broker.send(Batches.produce(-1, "a", 3, Batches.plain("kept")), 9);
        broker.stop();

        TestBroker again = TestBroker.start(broker.storage(), NODES, Map.of());

        assertThat(again.ready().partitionCount()).isEqualTo(4);
        assertThat(again.ready().offline()).isEmpty();
    }

    static CreateTopicsRequest create(String name, int partitions, int timeoutMs) {
        return CreateTopicsRequest.DEFAULT
                .withTimeoutMs(timeoutMs)
                .withTopics(List.of(CreatableTopic.DEFAULT
                        .withName(name)
                        .withNumPartitions(partitions)
                        .withReplicationFactor((short) 1)));
    }

    private static CreatePartitionsRequest more(String name, int count, int timeoutMs, boolean validateOnly) {
        return new CreatePartitionsRequest(
                List.of(new CreatePartitionsTopic(name, count, null)), timeoutMs, validateOnly);
    }

    private static ErrorCode errorOf(TestRequest request) {
        return ErrorCode.of(
                request.response(CreateTopicsResponse.class).topics().getFirst().errorCode());
    }

    private static ErrorCode partitionsError(TestRequest request) {
        return ErrorCode.of(request.response(CreatePartitionsResponse.class)
                .results()
                .getFirst()
                .errorCode());
    }

    private void assertServes(String topic, int partitions) {
        for (int node = 0; node < NODES; node++) {
            for (int partition = 0; partition < partitions; partition++) {
                ProduceResponse response = broker.send(
                                node, Batches.produce(1, topic, partition, Batches.plain("first")), 9)
                        .response(ProduceResponse.class);
                assertThat(response.responses()
                                .getFirst()
                                .partitionResponses()
                                .getFirst()
                                .errorCode())
                        .as("partition %d asked for at node %d", partition, node)
                        .isZero();
            }
        }
    }
}
