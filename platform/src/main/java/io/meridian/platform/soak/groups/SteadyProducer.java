package io.meridian.platform.soak.groups;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes a record to every partition four times a second, so that a member that stops is seen to stop.
///
/// It is idempotent and never gives up, so partitions have no gaps.
final class SteadyProducer implements AutoCloseable {
    private static final long INTERVAL_NS = 250_000_000L;
    private static final int VALUE_BYTES = 40;

    private final List<TopicPartition> partitions;
    private final RecordTimes times;
    private final Population population;
    private final Producer<byte[], byte[]> producer;
    private final Thread thread;
    private volatile boolean stopped;

    SteadyProducer(Population population, List<TopicPartition> partitions, RecordTimes times) {
        this.partitions = partitions;
        this.times = times;
        this.population = population;
        this.producer = new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, population.bootstrap()),
                        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "soak-groups-producer"),
                        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
                        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE),
                        Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
                        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50L),
                        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 250L),
                        Map.entry(ProducerConfig.LINGER_MS_CONFIG, 5L)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread = new Thread(this::run, "soak-groups-producer");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            long next = System.nanoTime();
            while (!stopped) {
                for (TopicPartition partition : partitions) {
                    send(partition);
                }
                next = Math.max(next + INTERVAL_NS, System.nanoTime());
                for (long left = INTERVAL_NS; left > 0 && !stopped; left = next - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        } catch (InterruptException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(TopicPartition partition) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(partition.topic(), partition.partition(), null, new byte[VALUE_BYTES]);
        Future<RecordMetadata> _ = producer.send(record, (metadata, failure) -> {
            if (failure != null && !stopped) {
                population.gaveUp("the producer gave up: " + failure);
            } else if (failure == null && metadata.hasOffset()) {
                times.acknowledged(partition, metadata.offset(), System.nanoTime());
            }
        });
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ZERO);
    }
}
