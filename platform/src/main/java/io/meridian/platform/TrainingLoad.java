package io.meridian.platform;

import io.meridian.platform.terminal.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What clients ask of a node in its training: each common way to produce, and to read in a group, thousands of
/// times. What the virtual machine then knows of the methods a busy node runs goes into the ahead-of-time cache:
/// a node compiles them once, with that knowledge, and not first in a form that gathers it.
final class TrainingLoad {
    private static final int PARTITIONS = 6;
    private static final Duration READ_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    /// Small batches: what counts is how often the node is asked, and bytes take room on a disk that may have little.
    private static final List<Way> WAYS = List.of(
            new Way("train-kib", 1_024, 20_000, Map.of("acks", "all", "batch.size", 3_000)),
            new Way("train-acks-1", 100, 100_000, Map.of("acks", "1", "batch.size", 1_500)),
            new Way("train-lz4", 100, 100_000, Map.of("acks", "all", "batch.size", 1_500, "compression.type", "lz4")),
            new Way("train-single", 100, 10_000, Map.of("acks", "all", "batch.size", 1, "linger.ms", 0)));

    private TrainingLoad() {}

    /// @param records written to the topic, each with a value of `bytes` bytes
    private record Way(String topic, int bytes, int records, Map<String, Object> producer) {}

    static void run(String bootstrap) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(WAYS.stream()
                            .map(way -> new NewTopic(way.topic(), PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
            admin.describeCluster().nodes().get();
        }
        for (Way way : WAYS) {
            write(bootstrap, way);
            read(bootstrap, way);
        }
    }

    private static void write(String bootstrap, Way way) {
        Map<String, Object> configuration = new HashMap<>(way.producer());
        configuration.put("bootstrap.servers", bootstrap);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < way.records(); i++) {
                // A record that fails is missed by the reader.
                Future<RecordMetadata> _ =
                        producer.send(new ProducerRecord<>(way.topic(), i % PARTITIONS, null, new byte[way.bytes()]));
            }
            producer.flush();
        }
    }

    private static void read(String bootstrap, Way way) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                way.topic(),
                "auto.offset.reset",
                "earliest",
                "max.partition.fetch.bytes",
                8_000,
                "max.poll.records",
                5_000);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(way.topic()));
            long deadlineNs = System.nanoTime() + READ_LIMIT.toNanos();
            int read = 0;
            while (read < way.records()) {
                read += consumer.poll(POLL).count();
                if (System.nanoTime() > deadlineNs) {
                    throw Refused.couldNot(
                            "train: " + way.topic() + " gave " + read + " of " + way.records() + " records");
                }
            }
            consumer.commitSync();
        }
    }
}
