package io.meridian.platform.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads partitions from their beginning to their end and compares what is there with what was promised.
///
/// What was promised is copied before the ends are asked for, so it must all lie below them.
final class ReadBack {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrap;
    private final Duration patience;

    /// @param patience how long reading may make no progress before it counts as impossible
    ReadBack(String bootstrap, Duration patience) {
        this.bootstrap = bootstrap;
        this.patience = patience;
    }

    /// Findings per topic, in alphabetical order.
    ///
    /// @throws IllegalStateException if reading makes no progress
    List<Findings> compare(List<TopicPartition> partitions, Tally tally) {
        Map<Stream, Tally.Promise> promises = tally.promises();
        Map<String, TopicCheck> topics = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            topics.computeIfAbsent(partition.topic(), topic -> new TopicCheck(topic, promises));
        }
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            for (TopicPartition partition : partitions) {
                TopicCheck check = topics.get(partition.topic());
                if (check != null) {
                    read(consumer, partition, check);
                }
            }
        }
        List<Findings> findings = new ArrayList<>();
        topics.values().forEach(check -> findings.add(check.conclude()));
        return findings;
    }

    private Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "soak-reader",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void read(Consumer<byte[], byte[]> consumer, TopicPartition partition, TopicCheck check) {
        consumer.assign(List.of(partition));
        long endOffset = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, 0);
        long expected = 0;
        long deadline = System.nanoTime() + patience.toNanos();
        while (expected < endOffset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                check.found(record, expected);
                expected = record.offset() + 1;
                deadline = System.nanoTime() + patience.toNanos();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("reading " + partition + " stands at offset " + expected + " of "
                        + endOffset + " for " + patience);
            }
        }
    }
}
