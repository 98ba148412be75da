package io.meridian.bench.clients;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// Makes and removes topics, with one client for each broker that it keeps.
final class Topics {
    private static final long CREATION_MS_MAX = 120_000;
    private final Map<String, Admin> admins = new HashMap<>();

    /// Returns when every partition has a leader that the broker tells of.
    void create(String bootstrap, String name, int partitions) throws ExecutionException, InterruptedException {
        var admin = admin(bootstrap);
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get();
        awaitLeaders(admin, name, partitions);
    }

    void delete(String bootstrap, List<String> names) throws ExecutionException, InterruptedException {
        admin(bootstrap).deleteTopics(names).all().get();
    }

    private Admin admin(String bootstrap) {
        return admins.computeIfAbsent(bootstrap, address -> Admin.create(Map.of("bootstrap.servers", address)));
    }

    static void awaitLeaders(Admin admin, String topic, int partitions) throws InterruptedException {
        long endNs = System.nanoTime() + CREATION_MS_MAX * 1_000_000;
        while (!led(admin, topic, partitions)) {
            if (System.nanoTime() > endNs) {
                throw new IllegalStateException("partitions of " + topic + " without a leader");
            }
            Thread.sleep(5);
        }
    }

    private static boolean led(Admin admin, String topic, int partitions) throws InterruptedException {
        try {
            var described =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return described != null
                    && described.partitions().size() == partitions
                    && described.partitions().stream()
                            .allMatch(partition -> partition.leader() != null
                                    && !partition.leader().isEmpty());
        } catch (ExecutionException notYetKnown) {
            return false;
        }
    }
}
