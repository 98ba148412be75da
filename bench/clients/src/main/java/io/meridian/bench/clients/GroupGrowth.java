package io.meridian.bench.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Many groups of one member each. Between the steps only heartbeats are sent, every three seconds and member.
final class GroupGrowth {
    private static final Duration JOIN_MAX = Duration.ofMinutes(2);

    private GroupGrowth() {}

    /// Stops at `joined MS`, when every group has its assignment, and at `committed MS`, when every group has
    /// committed an offset `commits` times.
    static void run(Conversation conversation, String bootstrap, String topic, int groups, int commits)
            throws Exception {
        List<KafkaConsumer<byte[], byte[]>> members = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            String prefix = "growth-" + System.nanoTime() + "-";
            for (int i = 0; i < groups; i++) {
                var member = Clients.consumer(
                        bootstrap,
                        Map.of(
                                "group.id",
                                prefix + i,
                                "enable.auto.commit",
                                false,
                                "fetch.max.wait.ms",
                                5_000,
                                "receive.buffer.bytes",
                                65_536));
                members.add(member);
                member.subscribe(List.of(topic));
            }
            long beganNs = System.nanoTime();
            forEach(threads, members, member -> join(member));
            conversation.reached(line("joined", beganNs));
            var offset = Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0));
            beganNs = System.nanoTime();
            for (int i = 0; i < commits; i++) {
                forEach(threads, members, member -> member.commitSync(offset));
            }
            conversation.reached(line("committed", beganNs));
            forEach(threads, members, KafkaConsumer::close);
        }
    }

    private static void join(KafkaConsumer<byte[], byte[]> member) {
        long endNs = System.nanoTime() + JOIN_MAX.toNanos();
        while (member.assignment().isEmpty()) {
            if (System.nanoTime() > endNs) {
                throw new IllegalStateException("a group without an assignment after " + JOIN_MAX);
            }
            member.poll(Duration.ofMillis(20));
        }
    }

    private interface Step {
        void on(KafkaConsumer<byte[], byte[]> member);
    }

    private static void forEach(ExecutorService threads, List<KafkaConsumer<byte[], byte[]>> members, Step step)
            throws ExecutionException, InterruptedException {
        List<Callable<Boolean>> steps = new ArrayList<>();
        for (var member : members) {
            steps.add(() -> {
                step.on(member);
                return true;
            });
        }
        for (Future<Boolean> done : threads.invokeAll(steps)) {
            done.get();
        }
    }

    private static String line(String what, long beganNs) {
        return String.format(Locale.ROOT, "%s %.1f", what, (System.nanoTime() - beganNs) / 1e6);
    }
}
