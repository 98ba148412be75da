package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.meridian.protocol.message.ListOffsetsResponse;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.wire.RequestMessage;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The rules that failures of other brokers taught, one method each; docs/security-regressions.md says which.
final class HostileRequestTest {
    private static final String TOPIC = "orders";

    private static TestBroker broker() {
        TestBroker broker = TestBroker.start(1);
        broker.createTopic(TOPIC, 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        return broker;
    }

    private static Uuid idOf(TestBroker broker) {
        return broker.node(0).image().topics().inNameOrder().iterator().next().topicId();
    }

    @Test
    void aClientDoesNotFetchAsAReplica() {
        FetchRequest older = Batches.fetch(TOPIC, 0, 0, 0, 0).withReplicaId(1);
        FetchRequest newer = Batches.fetch(TOPIC, 0, 0, 0, 0).withReplicaState(new FetchRequest.ReplicaState(1, 5L));

        assertThat(errorOf(broker().send(older, 11))).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
        assertThat(errorOf(broker().send(newer, 17))).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    private static short errorOf(TestRequest request) {
        return request.response(FetchResponse.class).errorCode();
    }

    @Test
    void aClientDoesNotAskForOffsetsAsAReplica() {
        ListOffsetsResponse answer =
                broker().send(listOffsets(-1L).withReplicaId(1), 7).response(ListOffsetsResponse.class);

        assertThat(answer.topics().getFirst().partitions().getFirst().errorCode())
                .isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    @Test
    void aRefusedProduceLeavesTheFilesAsTheyWere() {
        TestBroker broker = broker();
        broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("kept")), 9);
        Map<String, byte[]> before = filesOf(broker);
        ByteBuffer control = new RecordBatchBuilder()
                .control()
                .append(1_700_000_000_000L, new byte[4], new byte[6])
                .build();
        ByteBuffer cut = Batches.plain("a", "b");
        cut.putInt(RecordBatchView.RECORD_COUNT_OFFSET, 3);
        ByteBuffer broken = Batches.plain("c");
        broken.put(broken.limit() - 1, (byte) 0x55);

        for (ByteBuffer batch : List.of(control, cut, broken, ByteBuffer.allocate(0), ByteBuffer.allocate(500))) {
            assertThat(produced(broker, batch)).isNotZero();
        }

        assertThat(filesOf(broker)).usingRecursiveComparison().isEqualTo(before);
    }

    private static Map<String, byte[]> filesOf(TestBroker broker) {
        Map<String, byte[]> files = new TreeMap<>();
        for (String path : broker.storage().files()) {
            if (path.startsWith(TOPIC)) {
                files.put(path, broker.storage().bytes(path));
            }
        }
        return files;
    }

    private static short produced(TestBroker broker, ByteBuffer batch) {
        TestRequest sent = broker.send(Batches.produce(-1, TOPIC, 0, batch), 9);
        return sent.response(ProduceResponse.class)
                .responses()
                .getFirst()
                .partitionResponses()
                .getFirst()
                .errorCode();
    }

    /// Stored, looked up and aged: nothing overflows, nothing goes round for ever.
    @Test
    void timestampsAtTheirExtremesAreStoredAndFoundOrRefused() {
        TestBroker broker = broker();
        for (long timestampMs :
                new long[] {Long.MIN_VALUE, -2, -1, 0, 1_700_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            ByteBuffer batch = new RecordBatchBuilder()
                    .append(timestampMs, null, ByteBuffer.allocate(3))
                    .build();
            short error = produced(broker, batch);
            assertThat(error).as("%s", timestampMs).isIn((short) 0, ErrorCode.INVALID_TIMESTAMP.code());
        }
        for (long asked : new long[] {Long.MIN_VALUE, -100, -6, -3, -2, -1, 0, Long.MAX_VALUE}) {
            assertThat(broker.send(listOffsets(asked), 7).isDone())
                    .as("%s", asked)
                    .isTrue();
        }
        broker.pass(3_600_000);

        assertThat(produced(broker, Batches.plain("afterwards"))).isZero();
    }

    private static ListOffsetsRequest listOffsets(long timestampMs) {
        return ListOffsetsRequest.DEFAULT
                .withReplicaId(-1)
                .withTopics(List.of(
                        new ListOffsetsTopic(TOPIC, List.of(ListOffsetsPartition.DEFAULT.withTimestamp(timestampMs)))));
    }

    /// By an id a topic may have any name beside it: what it stands for counts.
    @Test
    void aTopicAskedForByItsIdUnderManyNamesIsToldOnce() {
        TestBroker broker = broker();
        Uuid id = idOf(broker);
        List<MetadataRequestTopic> asked = IntStream.range(0, 4_000)
                .mapToObj(i -> new MetadataRequestTopic(id, "name-" + i))
                .toList();

        MetadataResponse answer =
                broker.send(MetadataRequest.DEFAULT.withTopics(asked), 12).response(MetadataResponse.class);

        assertThat(answer.topics()).hasSize(1);
    }

    /// An empty list has crashed a controller elsewhere.
    @TestFactory
    List<DynamicTest> emptyListsAreAnswered() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ApiSupport support : ApiSupport.offered()) {
            ApiKey key = support.apiKey();
            tests.add(DynamicTest.dynamicTest(key.toString(), () -> empty(key)));
        }
        return tests;
    }

    private static void empty(ApiKey key) throws ReflectiveOperationException {
        TestBroker broker = broker();
        Uuid id = idOf(broker);
        for (short version = 0; version <= 20; version++) {
            if (!ApiSupport.parses(key.number(), version)) {
                continue;
            }
            for (RequestMessage request : EveryVersionTest.requests(key, version, id)) {
                TestRequest sent = broker.send((RequestMessage) withoutElements((Record) request), version);
                broker.pass(5_000);
                assertThat(sent.outcomes()).as("%s v%s", request, version).isEqualTo(1);
            }
        }
    }

    private static Object withoutElements(Record message) throws ReflectiveOperationException {
        RecordComponent[] components = message.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            @Nullable Object value = components[i].getAccessor().invoke(message);
            values[i] = value instanceof List<?> ? List.of() : value;
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return message.getClass().getDeclaredConstructor(types).newInstance(values);
    }
}
