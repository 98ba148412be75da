package io.meridian.bench.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Many producers, one record a request, in turn and at one total rate, so that what differs is the number of
/// connections.
final class ConnectionGrowth {
    private static final Map<String, Object> SETTINGS =
            Map.of("acks", "all", "linger.ms", 0, "batch.size", 1, "buffer.memory", 65_536, "max.block.ms", 60_000);

    private ConnectionGrowth() {}

    /// Stops at `open`, when every producer has had a record acknowledged; at `warm`, after a quarter of the
    /// requests; and at `sent`, with the quantiles of the time from the due moment of each request to its
    /// acknowledgement.
    static void run(
            Conversation conversation,
            String bootstrap,
            String topic,
            int producers,
            int requests,
            int requestsPerSecond)
            throws ExecutionException, InterruptedException, IOException {
        List<KafkaProducer<byte[], byte[]>> open = new ArrayList<>();
        try {
            List<Future<?>> first = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                var producer = Clients.producer(bootstrap, SETTINGS);
                open.add(producer);
                first.add(producer.send(record(topic)));
            }
            for (Future<?> record : first) {
                record.get();
            }
            conversation.reached("open");
            paced(open, topic, requests / 4, requestsPerSecond);
            conversation.reached("warm");
            var quantiles = paced(open, topic, requests, requestsPerSecond);
            conversation.reached("sent " + quantiles.line(""));
        } finally {
            open.forEach(producer -> producer.close(Duration.ZERO));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic) {
        return new ProducerRecord<>(topic, 0, null, new byte[100]);
    }

    private static Quantiles paced(
            List<KafkaProducer<byte[], byte[]>> producers, String topic, int requests, int requestsPerSecond)
            throws ExecutionException, InterruptedException {
        long pauseNs = 1_000_000_000L / requestsPerSecond;
        var tookNs = new long[requests];
        List<Future<?>> sent = new ArrayList<>();
        long nextNs = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            for (long waitNs = nextNs - System.nanoTime(); waitNs > 0; waitNs = nextNs - System.nanoTime()) {
                LockSupport.parkNanos(waitNs);
            }
            int index = i;
            long dueNs = nextNs;
            sent.add(producers
                    .get(i % producers.size())
                    .send(record(topic), (metadata, failure) -> tookNs[index] = System.nanoTime() - dueNs));
            nextNs += pauseNs;
        }
        for (Future<?> record : sent) {
            record.get();
        }
        return new Quantiles(tookNs);
    }
}
