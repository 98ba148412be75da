package io.meridian.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a partition costs where there are many: counted in calls of the storage and in what is kept, not in time.
class ManyPartitionsTest {
    private static final String TOPIC = "orders";
    private static final int MANY = 300;
    private static final long CHECKPOINT_INTERVAL_MS = 60_000;
    private static final Map<String, String> NO_RETENTION_CHECKS =
            Map.of("log.retention.check.interval.ms", "1000000000");

    private final MemoryStorage storage = new MemoryStorage();
    private final TestBroker broker = TestBroker.start(storage, 2, NO_RETENTION_CHECKS);

    @Test
    void creationForcesTheDecisionAndNothingPerPartition() {
        broker.createTopic("one", 1, Map.of());
        int before = storage.forces();
        broker.createTopic("two", 1, Map.of());
        int forcesOfOne = storage.forces() - before;

        broker.createTopic(TOPIC, MANY, Map.of());

        assertThat(storage.forces() - before - forcesOfOne).isEqualTo(forcesOfOne);
    }

    @Test
    void partitionHoldsOneFileOpenAndCreatesTwo() {
        int openBefore = storage.openFiles();
        int filesBefore = storage.files().size();

        broker.createTopic(TOPIC, MANY, Map.of());

        assertThat(storage.openFiles() - openBefore).isEqualTo(MANY);
        assertThat(storage.files().size() - filesBefore).isEqualTo(2 * MANY);
    }

    @Test
    void creationOfAPartitionTakesFewCalls() {
        long before = storage.operations();

        broker.createTopic(TOPIC, MANY, Map.of());

        assertThat(storage.operations() - before).isLessThan(6L * MANY);
    }

    @Test
    void deletionIsCheckpointedForManyPartitionsTogether() {
        broker.createTopic(TOPIC, MANY, Map.of());
        int openBefore = storage.openFiles();
        int before = storage.forces();

        broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(TOPIC)).withTimeoutMs(1_000), 5);

        assertThat(storage.forces() - before).isLessThan(20);
        assertThat(openBefore - storage.openFiles()).isEqualTo(MANY);
    }

    @Test
    void passOverLogsThatAreWrittenSlowlyForcesThemAndCreatesNoFiles() {
        broker.createTopic(TOPIC, MANY, Map.of("flush.policy", "os"));
        writeToEach();
        List<String> files = storage.files();
        int before = storage.forces();

        broker.pass(CHECKPOINT_INTERVAL_MS + 1);

        assertThat(storage.files()).isEqualTo(files);
        assertThat(storage.forces() - before).isBetween(MANY, 2 * MANY + 10);
        for (int node = 0; node < 2; node++) {
            assertThat(broker.node(node).partitions().all())
                    .allSatisfy(replica -> assertThat(replica.log())
                            .satisfies(log -> assertThat(log == null ? -1 : log.recoveryPoint())
                                    .isEqualTo(1)));
        }
    }

    @Test
    void logsThatAreForcedTogetherFailTogether() {
        broker.createTopic(TOPIC, MANY, Map.of("flush.policy", "os"));
        writeToEach();

        storage.failAfter(0);
        broker.pass(CHECKPOINT_INTERVAL_MS + 1);
        storage.heal();

        assertThat(broker.node(0).partitions().offline().size()
                        + broker.node(1).partitions().offline().size())
                .isEqualTo(MANY);
    }

    @Test
    void passOverSyncedLogsTouchesNoneOfThem() {
        broker.createTopic(TOPIC, MANY, Map.of("flush.policy", "ack"));
        writeToEach();
        long before = storage.operations();

        broker.pass(CHECKPOINT_INTERVAL_MS + 1);

        assertThat(storage.operations() - before).isLessThan(40);
    }

    @Test
    void nodeWithManyPartitionsDoesNothingWhenNobodyAsksIt() {
        broker.createTopic(TOPIC, MANY, Map.of());
        writeToEach();
        broker.pass(2 * CHECKPOINT_INTERVAL_MS);
        long before = storage.operations();

        broker.pass(60 * CHECKPOINT_INTERVAL_MS);

        assertThat(storage.operations()).isEqualTo(before);
    }

    @Test
    void cleanStopOfSyncedLogsWritesNoFilesBesideThem() {
        broker.createTopic(TOPIC, MANY, Map.of("flush.policy", "ack"));
        writeToEach();
        int before = storage.forces();

        broker.stop();

        assertThat(broker.isStopped()).isTrue();
        assertThat(storage.forces() - before).isLessThan(20);
        assertThat(storage.openFiles()).isZero();
        TestBroker again = TestBroker.start(storage, 2, NO_RETENTION_CHECKS);
        assertThat(again.ready().offline()).isEmpty();
        assertThat(again.send(produce(0, MANY), 9)
                        .response(ProduceResponse.class)
                        .responses()
                        .getFirst()
                        .partitionResponses())
                .allSatisfy(partition -> assertThat(partition.baseOffset()).isEqualTo(1));
    }

    @Test
    void topicIsDescribedOnceAsLongAsItStaysTheSame() {
        broker.createTopic(TOPIC, MANY, Map.of());

        MetadataResponseTopic first = described();
        assertThat(described()).isSameAs(first);

        broker.createTopic("another", 1, Map.of());
        assertThat(described()).isSameAs(first);
        broker.send(DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(TOPIC)).withTimeoutMs(1_000), 5);
        broker.createTopic(TOPIC, 1, Map.of());
        assertThat(described().partitions()).hasSize(1);
    }

    @Test
    void fetchThatComesBackOftenWaitsOnceInEachPartition() {
        broker.createTopic(TOPIC, MANY, Map.of());
        broker.send(fetch(1_000_000, 5_000), 12);

        for (int round = 0; round < 10; round++) {
            broker.send(produce(0, 1), 9);
        }

        long parked = broker.node(0).statistics().parkedFetches()
                + broker.node(1).statistics().parkedFetches();
        assertThat(parked).isEqualTo(MANY);
        broker.pass(5_000);
        assertThat(broker.node(0).statistics().parkedFetches()
                        + broker.node(1).statistics().parkedFetches())
                .isZero();
    }

    private MetadataResponseTopic described() {
        return broker
                .send(MetadataRequest.DEFAULT.withTopics(null), 12)
                .response(MetadataResponse.class)
                .topics()
                .stream()
                .filter(topic -> TOPIC.equals(topic.name()))
                .findFirst()
                .orElseThrow();
    }

    private void writeToEach() {
        broker.send(produce(0, MANY), 9);
    }

    private static ProduceRequest produce(int from, int to) {
        ProduceRequest one = Batches.produce(-1, TOPIC, 0, Batches.plain("a"));
        ProduceRequest.TopicProduceData topic = one.topicData().getFirst();
        return one.withTopicData(List.of(topic.withPartitionData(IntStream.range(from, to)
                .mapToObj(partition -> Batches.produce(-1, TOPIC, partition, Batches.plain("a"))
                        .topicData()
                        .getFirst()
                        .partitionData()
                        .getFirst())
                .toList())));
    }

    private static FetchRequest fetch(int minBytes, int maxWaitMs) {
        FetchRequest one = Batches.fetch(TOPIC, 0, 0, minBytes, maxWaitMs);
        return one.withTopics(List.of(one.topics()
                .getFirst()
                .withPartitions(IntStream.range(0, MANY)
                        .mapToObj(partition -> Batches.fetch(TOPIC, partition, 0, minBytes, maxWaitMs)
                                .topics()
                                .getFirst()
                                .partitions()
                                .getFirst())
                        .toList())));
    }
}
