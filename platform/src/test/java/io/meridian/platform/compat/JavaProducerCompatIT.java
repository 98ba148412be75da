package io.meridian.platform.compat;

import static io.meridian.platform.testing.Clients.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
class JavaProducerCompatIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private final Broker broker;

    JavaProducerCompatIT(Broker broker) {
        this.broker = broker;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void everyCompressionIsReadBackAsItWasWritten(String compression) throws Exception {
        String topic = Clients.createTopic(broker, compression, 1);
        List<String> values = IntStream.range(0, 2_000)
                .mapToObj(i -> "value " + i + " " + "x".repeat(i % 50))
                .toList();

        send(topic, values, "compression.type", compression, "linger.ms", 20);

        assertThat(Clients.values(Clients.readAll(broker, topic, 0))).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void everyKindOfAcknowledgementWrites(String acks) throws Exception {
        String topic = Clients.createTopic(broker, "acks", 1);
        List<String> values =
                IntStream.range(0, 500).mapToObj(i -> acks + " " + i).toList();

        send(topic, values, "acks", acks, "enable.idempotence", false);

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Clients.values(Clients.readAll(broker, topic, 0)))
                        .isEqualTo(values));
    }

    @Test
    void offsetsAreDenseAndReportedInOrder() throws Exception {
        String topic = Clients.createTopic(broker, "dense", 1);

        List<RecordMetadata> sent =
                send(topic, IntStream.range(0, 1_000).mapToObj(i -> "v" + i).toList(), "batch.size", 200);

        assertThat(sent)
                .extracting(RecordMetadata::offset)
                .isEqualTo(LongStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void keysHeadersAndTimestampsAreKept() throws Exception {
        String topic = Clients.createTopic(broker, "kept", 1);
        try (Producer<String, String> producer = Clients.producer(broker)) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, 1_234_567L, "key", "value");
            record.headers().add("a", "1".getBytes(StandardCharsets.UTF_8)).add("empty", null);
            answer(producer.send(record));
            answer(producer.send(new ProducerRecord<>(topic, 0, null, null)));
        }

        List<ConsumerRecord<String, String>> read = Clients.readAll(broker, topic, 0);

        assertThat(read).hasSize(2);
        assertThat(read.get(0).key()).isEqualTo("key");
        assertThat(read.get(0).timestamp()).isEqualTo(1_234_567L);
        assertThat(read.get(0).headers().lastHeader("a").value()).isEqualTo("1".getBytes(StandardCharsets.UTF_8));
        assertThat(read.get(0).headers().lastHeader("empty").value()).isNull();
        assertThat(read.get(1).key()).isNull();
        assertThat(read.get(1).value()).isNull();
    }

    @Test
    void anIdempotentProducerWithFiveRequestsInFlightKeepsOrder() throws Exception {
        String topic = Clients.createTopic(broker, "idempotent", 2);
        List<String> values =
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();

        try (Producer<String, String> producer = Clients.producer(
                broker, "enable.idempotence", true, "max.in.flight.requests.per.connection", 5, "batch.size", 500)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, i % 2, null, values.get(i))));
            }
            for (Future<?> one : sent) {
                answer(one);
            }
        }

        for (int partition : List.of(0, 1)) {
            assertThat(Clients.values(Clients.readAll(broker, topic, partition)))
                    .isEqualTo(IntStream.range(0, values.size())
                            .filter(i -> i % 2 == partition)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void aBatchOfNearlyTheLargestSizeIsTakenAndALargerOneRefused() throws Exception {
        String topic = Clients.createTopic(broker, "large", 1);
        String large = "x".repeat(1_040_000);

        send(topic, List.of(large, large, large), "max.request.size", 5_000_000, "compression.type", "none");

        assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly(large, large, large);
        assertThatThrownBy(() -> send(
                        topic,
                        List.of("x".repeat(1_100_000)),
                        "max.request.size",
                        5_000_000,
                        "compression.type",
                        "none"))
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void manyPartitionsAreWrittenAtOnce() throws Exception {
        int partitions = 50;
        String topic = Clients.createTopic(broker, "wide", partitions);

        try (Producer<String, String> producer = Clients.producer(broker)) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, i % partitions, null, "v" + i)));
            }
            for (Future<?> one : sent) {
                answer(one);
            }
        }

        assertThat(Clients.readAll(broker, topic, IntStream.range(0, partitions).toArray()))
                .hasSize(5_000);
    }

    @Test
    void aTopicThatIsNotThereIsCreatedByTheFirstRecord() throws Exception {
        String topic = broker.freshTopic("auto");

        send(topic, List.of("first"));

        assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly("first");
    }

    private List<RecordMetadata> send(String topic, List<String> values, Object... configuration) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        List<RecordMetadata> metadata = new ArrayList<>();
        try (Producer<String, String> producer = Clients.producer(broker, configuration)) {
            for (String value : values) {
                sent.add(producer.send(new ProducerRecord<>(topic, 0, null, value)));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                metadata.add(answer(one));
            }
        }
        return metadata;
    }
}
