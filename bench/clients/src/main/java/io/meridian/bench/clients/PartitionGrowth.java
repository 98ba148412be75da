package io.meridian.bench.clients;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What many partitions cost a client: time until the broker names a leader for each, until each has acknowledged a
/// record, and how long metadata of all of them takes then.
final class PartitionGrowth {
    private static final int METADATA_WARM_UPS = 300;
    private static final int METADATA_REQUESTS = 200;

    private PartitionGrowth() {}

    /// Leaves the topic as it is.
    static void run(String bootstrap, String topic, int partitions, PrintStream out)
            throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
                var consumer = Clients.consumer(bootstrap, Map.of());
                var producer = Clients.producer(bootstrap, Map.of("acks", "all", "linger.ms", 0))) {
            long beganNs = System.nanoTime();
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
            long answeredNs = System.nanoTime();
            Topics.awaitLeaders(admin, topic, partitions);
            long ledNs = System.nanoTime();
            List<Future<?>> sent = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                sent.add(producer.send(new ProducerRecord<>(topic, partition, null, new byte[100])));
            }
            for (Future<?> record : sent) {
                record.get();
            }
            long writtenNs = System.nanoTime();
            for (int i = 0; i < METADATA_WARM_UPS; i++) {
                consumer.listTopics();
            }
            var tookNs = new long[METADATA_REQUESTS];
            for (int i = 0; i < tookNs.length; i++) {
                long askedNs = System.nanoTime();
                consumer.listTopics();
                tookNs[i] = System.nanoTime() - askedNs;
            }
            out.printf(
                    Locale.ROOT,
                    "answered=%.1f led=%.1f writable=%.1f %s%n",
                    (answeredNs - beganNs) / 1e6,
                    (ledNs - beganNs) / 1e6,
                    (writtenNs - beganNs) / 1e6,
                    new Quantiles(tookNs).line("metadata-"));
        }
    }
}
