package io.meridian.platform.soak.groups;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// An administrator that commits offsets for groups without members, one group after the other, again and again.
final class OffsetClerk {
    private static final long PAUSE_MS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Population population;
    private final List<TopicPartition> partitions;
    private final Map<String, List<OffsetWrite>> writes = new TreeMap<>();
    private final List<String> groupIds;
    private final Thread thread;
    private volatile boolean stopped;

    OffsetClerk(Population population, List<String> groupIds, List<TopicPartition> partitions) {
        this.population = population;
        this.groupIds = groupIds;
        this.partitions = partitions;
        groupIds.forEach(groupId -> writes.put(groupId, new ArrayList<>()));
        this.thread = new Thread(this::run, "soak-groups-clerk");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /// Ends after the commit under way, and waits for that.
    ///
    /// @return whether it came to an end in time
    boolean stop() throws InterruptedException {
        stopped = true;
        thread.join(2 * PATIENCE.toMillis());
        return !thread.isAlive();
    }

    private void run() {
        try (Admin admin = Admin.create(OffsetReader.configuration(population.bootstrap(), "soak-groups-clerk"))) {
            long value = 1;
            boolean everyGroupHasOffsets = groupIds.isEmpty();
            for (int i = 0; !(stopped && everyGroupHasOffsets) && !population.isHopeless(); i++) {
                if (groupIds.isEmpty()) {
                    return;
                }
                commit(admin, groupIds.get(i % groupIds.size()), value++);
                everyGroupHasOffsets |= groupIds.stream().allMatch(population::hasCommitted);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(Admin admin, String groupId, long value) throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(partition, new OffsetAndMetadata(value)));
        long startedNs = System.nanoTime();
        boolean isAcknowledged = false;
        try {
            admin.alterConsumerGroupOffsets(groupId, offsets).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            isAcknowledged = true;
            population.committed(groupId);
        } catch (ExecutionException | TimeoutException _) {
            // No node, or a commit whose answer was lost: it may have been stored.
            isAcknowledged = false;
        }
        long endedNs = System.nanoTime();
        for (TopicPartition partition : partitions) {
            writes.getOrDefault(groupId, new ArrayList<>())
                    .add(new OffsetWrite(partition, value, startedNs, endedNs, isAcknowledged));
        }
    }

    /// Only when it has come to an end.
    List<GroupHistory> histories() {
        List<GroupHistory> histories = new ArrayList<>();
        writes.forEach((groupId, own) -> histories.add(new GroupHistory(groupId, GroupKind.PLAIN, List.of(), own)));
        return histories;
    }
}
