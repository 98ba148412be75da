package io.meridian.platform.soak.groups;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Asks a node for the offsets of groups.
final class OffsetReader {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private OffsetReader() {}

    static Map<String, Object> configuration(String bootstrap, String clientId) {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.CLIENT_ID_CONFIG,
                clientId,
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG,
                50L,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                250L);
    }

    /// All partitions that have an offset, of each of these groups.
    ///
    /// @throws IllegalStateException if the node does not tell
    static OffsetReading read(String bootstrap, List<String> groupIds) throws InterruptedException {
        long startedNs = System.nanoTime();
        Map<String, ListConsumerGroupOffsetsSpec> wanted = new TreeMap<>();
        groupIds.forEach(groupId -> wanted.put(groupId, new ListConsumerGroupOffsetsSpec()));
        try (Admin admin = Admin.create(configuration(bootstrap, "soak-groups-reader"))) {
            Map<String, Map<TopicPartition, Long>> offsets = new HashMap<>();
            admin.listConsumerGroupOffsets(wanted)
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((groupId, found) -> offsets.put(groupId, present(found)));
            return new OffsetReading(startedNs, System.nanoTime(), offsets);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the offsets could not be read: " + e, e);
        }
    }

    private static Map<TopicPartition, Long> present(Map<TopicPartition, OffsetAndMetadata> found) {
        Map<TopicPartition, Long> present = new HashMap<>();
        found.forEach((partition, offset) -> {
            if (offset != null) {
                present.put(partition, offset.offset());
            }
        });
        return present;
    }
}
