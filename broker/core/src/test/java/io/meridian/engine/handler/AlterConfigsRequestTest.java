package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.replication.PartitionReplica;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.log.FlushPolicy;
import io.meridian.log.LogConfig;
import io.meridian.log.PartitionLog;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.AlterConfigsRequest;
import io.meridian.protocol.message.AlterConfigsResponse;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.meridian.protocol.message.DescribeConfigsResponse;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsSynonym;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.meridian.protocol.message.IncrementalAlterConfigsResponse;
import io.meridian.protocol.message.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import io.meridian.protocol.message.ProduceResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Configurations change while the broker runs, at once and for good.
class AlterConfigsRequestTest {
    private static final byte TOPIC = 2;
    private static final byte BROKER = 4;
    private static final byte SET = 0;
    private static final byte DELETE = 1;

    private final TestBroker broker = TestBroker.start(2);

    @Test
    void openLogsOfTheTopicTakeItsValuesAtOnce() {
        broker.createTopic("a", 2, Map.of());

        assertThat(alter(broker, TOPIC, "a", set("max.message.bytes", "90"), set("segment.bytes", "1048576")))
                .isEqualTo(ErrorCode.NONE);

        assertThat(logConfig(broker, 0).segmentBytes()).isEqualTo(1_048_576);
        assertThat(logConfig(broker, 1).segmentBytes()).isEqualTo(1_048_576);
        assertThat(produce(broker, 0, "a".repeat(200))).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
        alter(broker, TOPIC, "a", delete("max.message.bytes"));
        assertThat(produce(broker, 0, "a".repeat(200))).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void topicCountsBeforeTheBrokerBeforeAllBrokersBeforeTheFile() {
        TestBroker configured = TestBroker.start(new MemoryStorage(), 2, Map.of("message.max.bytes", "1000"));
        configured.createTopic("a", 2, Map.of());
        assertThat(batchBytesMax(configured)).isEqualTo(1_000);

        alter(configured, BROKER, "", set("message.max.bytes", "2000"));
        assertThat(batchBytesMax(configured)).isEqualTo(2_000);
        alter(configured, BROKER, "1", set("message.max.bytes", "3000"));
        assertThat(batchBytesMax(configured)).isEqualTo(3_000);
        alter(configured, TOPIC, "a", set("max.message.bytes", "4000"));
        assertThat(batchBytesMax(configured)).isEqualTo(4_000);

        DescribeConfigsResourceResult entry =
                describe(configured, TOPIC, "a", "max.message.bytes").getFirst();
        assertThat(entry.configSource()).isEqualTo((byte) 1);
        assertThat(entry.synonyms())
                .extracting(DescribeConfigsSynonym::value)
                .containsExactly("4000", "3000", "2000", "1000", "1048588");
        assertThat(entry.synonyms())
                .extracting(DescribeConfigsSynonym::source)
                .containsExactly((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);

        alter(configured, TOPIC, "a", delete("max.message.bytes"));
        alter(configured, BROKER, "1", delete("message.max.bytes"));
        assertThat(batchBytesMax(configured)).isEqualTo(2_000);
        alter(configured, BROKER, "", delete("message.max.bytes"));
        assertThat(batchBytesMax(configured)).isEqualTo(1_000);
    }

    @Test
    void whatWasSetSurvivesARestart() {
        MemoryStorage storage = new MemoryStorage();
        TestBroker first = TestBroker.start(storage, 2, Map.of());
        first.createTopic("a", 2, Map.of());
        alter(first, TOPIC, "a", set("max.message.bytes", "4000"));
        alter(first, BROKER, "", set("log.index.interval.bytes", "77"));
        alter(first, BROKER, "1", set("max.connections", "7"));
        first.stop();

        TestBroker second = TestBroker.start(storage, 2, Map.of());

        assertThat(batchBytesMax(second)).isEqualTo(4_000);
        assertThat(logConfig(second, 1).indexIntervalBytes()).isEqualTo(77);
        assertThat(Objects.requireNonNull(second.connectionLimits()).limits().totalMax())
                .isEqualTo(7);
    }

    @Test
    void logThatIsBeingOpenedTakesValuesThatWereSetMeanwhile() {
        broker.hold(StorageJob.Lane.DISK);
        broker.send(CreateTopicsTest.create("a", 2, 60_000), 7);
        assertThat(alter(broker, TOPIC, "a", set("max.message.bytes", "4000"))).isEqualTo(ErrorCode.NONE);
        broker.letGo();

        assertThat(batchBytesMax(broker)).isEqualTo(4_000);
    }

    @Test
    void acknowledgedRecordsAreSyncedWhenTheTopicIsToSyncFromNowOn() {
        broker.createTopic("a", 1, Map.of("flush.policy", "os"));
        produce(broker, 0, "written");
        assertThat(log(broker, 0).syncedEndOffset()).isZero();

        alter(broker, TOPIC, "a", set("flush.policy", "ack"));

        assertThat(logConfig(broker, 0).flushPolicy()).isEqualTo(FlushPolicy.ACK);
        assertThat(log(broker, 0).syncedEndOffset()).isEqualTo(1);
        assertThat(produce(broker, 0, "synced")).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void limitsOfConnectionsAreToldToTheRing() {
        assertThat(Objects.requireNonNull(broker.connectionLimits()).limits().perAddressMax())
                .isEqualTo(500);

        alter(broker, BROKER, "1", set("max.connections", "30"), set("max.connections.per.ip", "3"));

        assertThat(Objects.requireNonNull(broker.connectionLimits()).limits().totalMax())
                .isEqualTo(30);
        assertThat(Objects.requireNonNull(broker.connectionLimits()).limits().perAddressMax())
                .isEqualTo(3);
    }

    @Test
    void oneBadResourceDoesNotStopTheOthers() {
        broker.createTopic("a", 1, Map.of());
        IncrementalAlterConfigsRequest request = IncrementalAlterConfigsRequest.DEFAULT.withResources(List.of(
                resource(TOPIC, "none", set("retention.ms", "1")),
                resource(TOPIC, "a", set("retention.ms", "1")),
                resource(BROKER, "77", set("log.retention.ms", "1")),
                resource(BROKER, "x", set("log.retention.ms", "1")),
                resource(BROKER, "1", set("node.id", "1")),
                resource(BROKER, "1", set("node.id", "1")),
                resource((byte) 8, "1", set("root", "DEBUG")),
                resource((byte) 8, "", set("root", "DEBUG")),
                resource((byte) 16, "subscription", set("interval.ms", "1")),
                resource((byte) 32, "group", set("consumer.session.timeout.ms", "1")),
                resource((byte) 32, "group"),
                resource((byte) 99, "a", set("retention.ms", "1")),
                resource(TOPIC, "b", new AlterableConfig("retention.ms", (byte) 9, "1"))));

        assertThat(errors(request))
                .containsExactly(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        ErrorCode.NONE,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_CONFIG,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_CONFIG,
                        ErrorCode.NONE,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_REQUEST);
        assertThat(describe(broker, TOPIC, "a", "retention.ms").getFirst().value())
                .isEqualTo("1");
    }

    @Test
    void validatingChangesNothing() {
        broker.createTopic("a", 1, Map.of());

        assertThat(errors(IncrementalAlterConfigsRequest.DEFAULT
                        .withValidateOnly(true)
                        .withResources(List.of(resource(TOPIC, "a", set("retention.ms", "1"))))))
                .containsExactly(ErrorCode.NONE);
        assertThat(describe(broker, TOPIC, "a", "retention.ms").getFirst().value())
                .isEqualTo("604800000");
    }

    @Test
    void olderRequestReplacesEverything() {
        broker.createTopic("a", 1, Map.of("retention.ms", "1", "segment.ms", "5"));

        AlterConfigsResponse response = broker.send(
                        AlterConfigsRequest.DEFAULT.withResources(List.of(new AlterConfigsRequest.AlterConfigsResource(
                                TOPIC, "a", List.of(new AlterConfigsRequest.AlterableConfig("retention.ms", "2"))))),
                        2)
                .response(AlterConfigsResponse.class);

        assertThat(response.responses().getFirst().errorCode()).isZero();
        assertThat(broker.node(1).image().configs().topicConfig("a")).isEqualTo(Map.of("retention.ms", "2"));
    }

    @Test
    void whoMayNotIsTold() {
        TestBroker strict = TestBroker.start(1, (_, _, _, _) -> false);

        assertThat(strict.send(
                                IncrementalAlterConfigsRequest.DEFAULT.withResources(List.of(
                                        resource(TOPIC, "a", set("retention.ms", "1")),
                                        resource(BROKER, "", set("message.max.bytes", "1")),
                                        resource((byte) 32, "group", set("a", "1")))),
                                1)
                        .response(IncrementalAlterConfigsResponse.class)
                        .responses())
                .extracting(AlterConfigsResourceResponse::errorCode)
                .containsExactly(
                        ErrorCode.TOPIC_AUTHORIZATION_FAILED.code(),
                        ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code(),
                        ErrorCode.GROUP_AUTHORIZATION_FAILED.code());
    }

    @Test
    void brokerIsDescribedWithWhatMayChangeAndWhatIsSetForAll() {
        alter(broker, BROKER, "", set("message.max.bytes", "2000"));

        List<DescribeConfigsResourceResult> own = describe(broker, BROKER, "1", null);
        assertThat(entry(own, "node.id").readOnly()).isTrue();
        assertThat(entry(own, "message.max.bytes").readOnly()).isFalse();
        assertThat(entry(own, "message.max.bytes").value()).isEqualTo("2000");
        assertThat(entry(own, "message.max.bytes").configSource()).isEqualTo((byte) 3);
        assertThat(entry(own, "message.max.bytes").configType()).isEqualTo((byte) 3);
        assertThat(entry(own, "message.max.bytes").documentation()).isNotBlank();
        assertThat(describe(broker, BROKER, "", null))
                .extracting(DescribeConfigsResourceResult::name)
                .containsExactly("message.max.bytes");
    }

    @Test
    void resourcesThatCannotBeDescribedSaySo() {
        DescribeConfigsResponse response = broker.send(
                        DescribeConfigsRequest.DEFAULT.withResources(List.of(
                                new DescribeConfigsResource(TOPIC, "none", null),
                                new DescribeConfigsResource(TOPIC, "no/where", null),
                                new DescribeConfigsResource(BROKER, "77", null),
                                new DescribeConfigsResource((byte) 8, "1", null),
                                new DescribeConfigsResource((byte) 8, "", null),
                                new DescribeConfigsResource((byte) 16, "", null),
                                new DescribeConfigsResource((byte) 32, "group", null),
                                new DescribeConfigsResource((byte) 99, "", null))),
                        4)
                .response(DescribeConfigsResponse.class);

        assertThat(response.results())
                .extracting(DescribeConfigsResult::errorCode)
                .containsExactly(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(),
                        ErrorCode.INVALID_TOPIC_EXCEPTION.code(),
                        ErrorCode.INVALID_REQUEST.code(),
                        ErrorCode.NONE.code(),
                        ErrorCode.INVALID_REQUEST.code(),
                        ErrorCode.INVALID_REQUEST.code(),
                        ErrorCode.NONE.code(),
                        ErrorCode.INVALID_REQUEST.code());
    }

    private List<ErrorCode> errors(IncrementalAlterConfigsRequest request) {
        return broker.send(request, 1).response(IncrementalAlterConfigsResponse.class).responses().stream()
                .map(response -> ErrorCode.of(response.errorCode()))
                .toList();
    }

    private static ErrorCode alter(TestBroker asked, byte type, String name, AlterableConfig... configs) {
        return ErrorCode.of(asked.send(
                        1,
                        IncrementalAlterConfigsRequest.DEFAULT.withResources(List.of(resource(type, name, configs))),
                        1)
                .response(IncrementalAlterConfigsResponse.class)
                .responses()
                .getFirst()
                .errorCode());
    }

    private static AlterConfigsResource resource(byte type, String name, AlterableConfig... configs) {
        return new AlterConfigsResource(type, name, List.of(configs));
    }

    private static AlterableConfig set(String name, String value) {
        return new AlterableConfig(name, SET, value);
    }

    private static AlterableConfig delete(String name) {
        return new AlterableConfig(name, DELETE, null);
    }

    private static List<DescribeConfigsResourceResult> describe(
            TestBroker asked, byte type, String name, @Nullable String key) {
        return asked.send(
                        DescribeConfigsRequest.DEFAULT
                                .withIncludeSynonyms(true)
                                .withIncludeDocumentation(true)
                                .withResources(List.of(
                                        new DescribeConfigsResource(type, name, key == null ? null : List.of(key)))),
                        4)
                .response(DescribeConfigsResponse.class)
                .results()
                .getFirst()
                .configs();
    }

    private static DescribeConfigsResourceResult entry(List<DescribeConfigsResourceResult> entries, String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ErrorCode produce(TestBroker asked, int partition, String value) {
        ProduceResponse response = asked.send(Batches.produce(-1, "a", partition, Batches.plain(value)), 9)
                .response(ProduceResponse.class);
        return ErrorCode.of(
                response.responses().getFirst().partitionResponses().getFirst().errorCode());
    }

    private static int batchBytesMax(TestBroker asked) {
        return logConfig(asked, 0).maxMessageBytes();
    }

    private static LogConfig logConfig(TestBroker asked, int partition) {
        return log(asked, partition).config();
    }

    private static PartitionLog log(TestBroker asked, int partition) {
        for (int node = 0; node < 2; node++) {
            for (PartitionReplica replica : asked.node(node).partitions().all()) {
                if (replica.id().partition() == partition
                        && replica.identity().topic().equals("a")) {
                    return Objects.requireNonNull(replica.log());
                }
            }
        }
        throw new AssertionError("no partition " + partition);
    }
}
