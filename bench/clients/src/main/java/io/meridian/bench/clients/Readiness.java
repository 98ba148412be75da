package io.meridian.bench.clients;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/// Waits for a broker to come up and prints, for each thing that it can do for the first time, the epoch microseconds.
/// All clients exist, with their classes loaded, before `waiting` is printed.
final class Readiness {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Readiness() {}

    static void run(String bootstrap, PrintStream out) throws Exception {
        var partition = new TopicPartition("ready-probe", 0);
        var settings = Map.<String, Object>of(
                "bootstrap.servers", bootstrap,
                "reconnect.backoff.ms", 10,
                "reconnect.backoff.max.ms", 10,
                "retry.backoff.ms", 10,
                "retry.backoff.max.ms", 20);
        try (var admin = Admin.create(settings);
                var producer = Clients.producer(bootstrap, settings);
                var consumer = Clients.consumer(bootstrap, settings)) {
            consumer.assign(List.of(partition));
            out.println("waiting");
            until(() -> accepts(bootstrap));
            tell(out, "accepts");
            until(() ->
                    !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty());
            tell(out, "metadata");
            until(() -> created(admin, partition.topic()));
            tell(out, "topic");
            producer.send(new ProducerRecord<>(partition.topic(), new byte[100]))
                    .get(60, TimeUnit.SECONDS);
            tell(out, "produced");
            consumer.seekToBeginning(List.of(partition));
            until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
            tell(out, "fetched");
        }
    }

    private static boolean accepts(String bootstrap) throws IOException {
        String[] address = bootstrap.split(":", -1);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address[0], Integer.parseInt(address[1])), 1000);
            return true;
        }
    }

    private static boolean created(Admin admin, String topic) throws Exception {
        try {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // An earlier attempt, for which nobody waited any longer, has made it.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return true;
    }

    private static void until(Callable<Boolean> attempt) throws Exception {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Exception last = null;
            try {
                if (attempt.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            if (System.nanoTime() > endNs) {
                throw new IllegalStateException("gave up after " + PATIENCE, last);
            }
            Thread.sleep(2);
        }
    }

    private static void tell(PrintStream out, String what) {
        out.println(what + " " + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }
}
