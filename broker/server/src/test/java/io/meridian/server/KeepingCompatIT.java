package io.meridian.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meridian.server.runtime.EngineNodes;
import io.meridian.server.runtime.FatalFaults;
import io.meridian.settings.BrokerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Records that go, as Apache Kafka's own Java client sees it.
@Timeout(120)
class KeepingCompatIT {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final long HOT_BYTES = 64L << 20;
    private static final long DIRECT_BYTES = 256L << 20;
    private static final long HOUR_MS = 3_600_000L;

    @TempDir
    private Path directory;

    private BrokerServer server;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        BrokerConfig config = switch (BrokerConfig.read(Map.of(
                "port", "0",
                "http.port", "0",
                "num.network.threads", "2",
                "log.retention.check.interval.ms", "100"))) {
            case BrokerConfig.Read.Config(BrokerConfig read) -> read;
            case BrokerConfig.Read.Refused(var refusals) -> throw new AssertionError(refusals);
        };
        FatalFaults faults = new FatalFaults(code -> {
            throw new AssertionError("the process would have halted with " + code);
        });
        server = BrokerServer.start(
                ServerSettings.of(directory, config, DIRECT_BYTES), new EngineNodes(config, HOT_BYTES), faults);
        server.ready().get(60, TimeUnit.SECONDS);
        admin = Admin.create(client());
    }

    @AfterEach
    void stop() throws Exception {
        admin.close(Duration.ofSeconds(10));
        server.stop();
    }

    @Test
    void recordsThatAreTooOldGoWithTheirFiles() throws Exception {
        create(Map.of("retention.ms", "60000"));
        try (Producer<String, String> producer = producer()) {
            producer.send(record(System.currentTimeMillis() - HOUR_MS, null)).get(30, TimeUnit.SECONDS);
            await().untilAsserted(() -> assertThat(earliest()).isEqualTo(1));
            producer.send(record(System.currentTimeMillis(), null)).get(30, TimeUnit.SECONDS);
        }

        await().untilAsserted(() -> assertThat(segments()).containsExactly("00000000000000000001.log"));
        assertThat(earliest()).isEqualTo(1);
    }

    @Test
    void deletedRecordsStayDeletedAfterARestart() throws Exception {
        create(Map.of());
        try (Producer<String, String> producer = producer()) {
            for (int index = 0; index < 10; index++) {
                producer.send(record(System.currentTimeMillis(), null)).get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(delete(4)).isEqualTo(4);
        assertThat(delete(2)).isEqualTo(4);
        assertThatThrownBy(() -> delete(11)).hasCauseInstanceOf(OffsetOutOfRangeException.class);
        stop();
        start();
        assertThat(earliest()).isEqualTo(4);
        assertThat(delete(-1)).isEqualTo(10);
    }

    @Test
    void compactedTopicTakesNoRecordWithoutAKeyAndKeepsTheOthers() throws Exception {
        create(Map.of("cleanup.policy", "compact", "retention.ms", "1"));
        try (Producer<String, String> producer = producer()) {
            producer.send(record(System.currentTimeMillis() - HOUR_MS, "key")).get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> producer.send(record(System.currentTimeMillis(), null))
                            .get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(InvalidRecordException.class);
        }

        assertThatThrownBy(() -> delete(1)).hasCauseInstanceOf(PolicyViolationException.class);
        assertThat(earliest()).isZero();
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + server.clientPort());
    }

    private Producer<String, String> producer() {
        return new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer());
    }

    private static ProducerRecord<String, String> record(long timestampMs, @Nullable String key) {
        return new ProducerRecord<>(ORDERS.topic(), 0, timestampMs, key, "value");
    }

    private void create(Map<String, String> configs) throws Exception {
        NewTopic topic = new NewTopic(ORDERS.topic(), 1, (short) 1).configs(configs);
        admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
    }

    private long earliest() throws Exception {
        return admin.listOffsets(Map.of(ORDERS, OffsetSpec.earliest()))
                .partitionResult(ORDERS)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }

    private long delete(long beforeOffset) throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(admin.deleteRecords(Map.of(ORDERS, RecordsToDelete.beforeOffset(beforeOffset)))
                        .lowWatermarks()
                        .get(ORDERS))
                .get()
                .lowWatermark();
    }

    private List<String> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("orders-0"))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
