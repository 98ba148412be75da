package io.meridian.bench.clients;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Time from the moment at which a record was due to be sent to the moment at which a consumer has it, at a fixed
/// rate, `acks=all`, no linger. From the due moment and not from the call, so that a stall is charged to every
/// record it delays. Apache's own tool for this rounds to whole milliseconds.
final class EndToEnd {
    private EndToEnd() {}

    /// Sends as many records again before those that count, and prints `p50=MS p99=MS`.
    static void run(String bootstrap, String topic, int records, int recordsPerSecond, PrintStream out)
            throws InterruptedException {
        var partition = new TopicPartition(topic, 0);
        long pauseNs = 1_000_000_000L / recordsPerSecond;
        var dueNs = new long[2 * records];
        try (var producer = Clients.producer(bootstrap, Map.of("acks", "all", "linger.ms", 0));
                var consumer = Clients.consumer(bootstrap, Map.of("auto.offset.reset", "earliest"))) {
            producer.partitionsFor(topic);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.poll(Duration.ofMillis(200));
            var sender = Thread.ofPlatform().start(() -> send(producer, topic, dueNs, pauseNs));
            var tookNs = receive(consumer, dueNs);
            sender.join();
            out.println(new Quantiles(Arrays.copyOfRange(tookNs, records, tookNs.length)).line(""));
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, long[] dueNs, long pauseNs) {
        long nextNs = System.nanoTime();
        for (int i = 0; i < dueNs.length; i++) {
            for (long waitNs = nextNs - System.nanoTime(); waitNs > 0; waitNs = nextNs - System.nanoTime()) {
                LockSupport.parkNanos(waitNs);
            }
            dueNs[i] = nextNs;
            // The receiver misses a record that failed.
            var _ = producer.send(new ProducerRecord<>(topic, 0, null, new byte[100]));
            nextNs += pauseNs;
        }
    }

    private static long[] receive(KafkaConsumer<byte[], byte[]> consumer, long[] dueNs) {
        var tookNs = new long[dueNs.length];
        for (int seen = 0; seen < dueNs.length; ) {
            var records = consumer.poll(Duration.ofSeconds(10));
            if (records.isEmpty()) {
                throw new IllegalStateException("no record for 10 s, after " + seen);
            }
            long nowNs = System.nanoTime();
            for (var record : records) {
                int index = (int) record.offset(); // the topic is new: offsets count from 0
                tookNs[index] = nowNs - dueNs[index];
                seen++;
            }
        }
        return tookNs;
    }
}
