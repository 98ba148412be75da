package io.meridian.platform.soak.flood;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Clients that were there first: each sends one small record after the other, at its pace whatever happens, and
/// counts from the moment at which a record was due until it is acknowledged.
final class SettledClients implements AutoCloseable {
    private static final String TOPIC = "flood";
    private static final int CLIENTS = 4;
    private static final int RECORD_BYTES = 100;
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong failed = new AtomicLong();
    private volatile Latencies latencies = new Latencies();
    private volatile boolean stopped;

    /// Creates their topic, connects, and returns when each has had an acknowledgement.
    ///
    /// @throws IllegalStateException when that does not happen within half a minute
    static SettledClients start(String bootstrap) throws InterruptedException {
        createTopic(bootstrap);
        SettledClients clients = new SettledClients();
        CountDownLatch connected = new CountDownLatch(CLIENTS);
        for (int index = 0; index < CLIENTS; index++) {
            clients.add(bootstrap, index, connected);
        }
        if (!connected.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            clients.close();
            throw new IllegalStateException("the clients got no acknowledgement within " + PATIENCE);
        }
        return clients;
    }

    private static void createTopic(String bootstrap) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            // What the disk takes for a sync would hide what the flood does.
            admin.createTopics(List.of(new NewTopic(TOPIC, CLIENTS, (short) 1).configs(Map.of("flush.policy", "os"))))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topic could not be created: " + e.getMessage(), e);
        }
    }

    private void add(String bootstrap, int index, CountDownLatch connected) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "settled-" + index,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.RETRIES_CONFIG,
                        0,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producers.add(producer);
        Thread thread = new Thread(() -> run(producer, index, connected), "settled-" + index);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(Producer<byte[], byte[]> producer, int index, CountDownLatch connected) {
        byte[] value = new byte[RECORD_BYTES];
        long dueNs = System.nanoTime();
        boolean isFirst = true;
        while (!stopped) {
            long sentNs = dueNs;
            Latencies into = latencies;
            boolean wasFirst = isFirst;
            Future<RecordMetadata> _ = producer.send(new ProducerRecord<>(TOPIC, index, null, value), (_, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                } else {
                    into.add(System.nanoTime() - sentNs);
                }
                if (wasFirst) {
                    connected.countDown();
                }
            });
            isFirst = false;
            dueNs += INTERVAL_NS;
            for (long left = dueNs - System.nanoTime(); left > 0 && !stopped; left = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /// What is sent from now on is counted here.
    Latencies measure() {
        Latencies fresh = new Latencies();
        latencies = fresh;
        return fresh;
    }

    /// Records that were not acknowledged.
    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(LockSupport::unpark);
        producers.forEach(producer -> producer.close(Duration.ofSeconds(1)));
    }
}
