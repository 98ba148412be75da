package io.meridian.platform.soak;

import io.meridian.base.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// One idempotent producer that writes bursts of numbered records to every partition until it is told to stop.
///
/// It is configured never to give up: a record that it reports as failed is a finding. Batches are small, so that a
/// burst
/// becomes more requests than the five that may be in flight.
final class LoadProducer implements AutoCloseable {
    /// Records of one burst. About 130 bytes each and 2 KiB a batch make some 20 batches of it.
    private static final int BURST = 300;

    /// Records that may wait for their acknowledgement; while the node is down the producer stops here.
    private static final int OUTSTANDING_MAX = 4 * BURST;

    private static final int BATCH_BYTES = 2048;
    private static final int FILLING_BYTES_MAX = 240;

    private final int index;
    private final List<Stream> streams;
    private final int[] nextSequence;
    private final Tally tally;
    private final SeededRandom random;
    private final long burstIntervalNs;
    private final Producer<byte[], byte[]> producer;
    private final Semaphore window = new Semaphore(OUTSTANDING_MAX);
    private final AtomicLong sent = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;

    LoadProducer(
            int index,
            String bootstrap,
            List<TopicPartition> partitions,
            int recordsPerSecond,
            SeededRandom random,
            Tally tally) {
        this.index = index;
        this.streams = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            streams.add(new Stream(index, partition.topic(), partition.partition()));
        }
        this.nextSequence = new int[streams.size()];
        this.tally = tally;
        this.random = random;
        this.burstIntervalNs = TimeUnit.SECONDS.toNanos(BURST) / recordsPerSecond;
        this.producer = new KafkaProducer<>(
                configuration(index, bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        this.thread = new Thread(this::run, "soak-producer-" + index);
        thread.setDaemon(true);
    }

    private static Map<String, Object> configuration(int index, String bootstrap) {
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "soak-" + index),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5),
                Map.entry(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 20L),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 100L),
                Map.entry(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20L),
                Map.entry(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 100L),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0L));
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            long next = System.nanoTime();
            while (!stopped) {
                burst();
                next = Math.max(next + burstIntervalNs, System.nanoTime() - burstIntervalNs);
                pauseUntil(next);
            }
        } catch (InterruptedException | InterruptException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The pause that makes a rate out of bursts.
    private void pauseUntil(long deadlineNs) {
        for (long left = deadlineNs - System.nanoTime(); left > 0 && !stopped; left = deadlineNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void burst() throws InterruptedException {
        for (int i = 0; i < BURST; i++) {
            while (!window.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                if (stopped) {
                    return;
                }
            }
            send(random.nextInt(streams.size()));
        }
    }

    private void send(int slot) {
        Stream stream = streams.get(slot);
        int sequence = nextSequence[slot]++;
        int length = SoakRecord.LENGTH_MIN + random.nextInt(FILLING_BYTES_MAX);
        byte[] value = new SoakRecord(index, stream.partition(), sequence, length).encode();
        sent.incrementAndGet();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(stream.topic(), stream.partition(), null, value);
        Future<RecordMetadata> _ = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                tally.acknowledged(stream, sequence, metadata.offset());
            } else {
                tally.failed(stream, sequence, failure);
            }
            window.release();
        });
    }

    /// Records handed to the client so far.
    long sent() {
        return sent.get();
    }

    /// Records that wait for their acknowledgement at this moment.
    int outstanding() {
        return OUTSTANDING_MAX - window.availablePermits();
    }

    /// Requests that are on their way at this moment, as the client counts them.
    int requestsInFlight() {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("requests-in-flight"))
                .mapToInt(metric -> metric.getValue().metricValue() instanceof Number number ? number.intValue() : 0)
                .sum();
    }

    /// Ends the load and waits until everything sent has been answered.
    ///
    /// @return whether it was, within `limit`
    boolean drain(Duration limit) throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(limit.toMillis());
        return window.tryAcquire(OUTSTANDING_MAX, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ZERO);
    }
}
