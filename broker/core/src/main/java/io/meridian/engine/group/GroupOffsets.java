package io.meridian.engine.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one group has committed, by topic and partition, in order of both.
final class GroupOffsets {
    /// Decides whether an offset has outlived its time.
    @FunctionalInterface
    interface Expiry {
        boolean isExpired(String topic, CommittedOffset offset);
    }

    record Position(String topic, int partition) {}

    private final NavigableMap<String, NavigableMap<Integer, CommittedOffset>> byTopic = new TreeMap<>();

    void put(String topic, int partition, CommittedOffset offset) {
        byTopic.computeIfAbsent(topic, _ -> new TreeMap<>()).put(partition, offset);
    }

    /// True when there was one.
    boolean remove(String topic, int partition) {
        NavigableMap<Integer, CommittedOffset> partitions = byTopic.get(topic);
        if (partitions == null || partitions.remove(partition) == null) {
            return false;
        }
        if (partitions.isEmpty()) {
            byTopic.remove(topic);
        }
        return true;
    }

    @Nullable
    CommittedOffset get(String topic, int partition) {
        return partitions(topic).get(partition);
    }

    Set<String> topics() {
        return byTopic.keySet();
    }

    NavigableMap<Integer, CommittedOffset> partitions(String topic) {
        return byTopic.getOrDefault(topic, Collections.emptyNavigableMap());
    }

    boolean isEmpty() {
        return byTopic.isEmpty();
    }

    int count() {
        return byTopic.values().stream().mapToInt(NavigableMap::size).sum();
    }

    /// Everything, or what is expired, as positions.
    List<Position> matching(Expiry expiry) {
        List<Position> found = new ArrayList<>();
        byTopic.forEach((topic, partitions) -> partitions.forEach((partition, offset) -> {
            if (expiry.isExpired(topic, offset)) {
                found.add(new Position(topic, partition));
            }
        }));
        return found;
    }
}
