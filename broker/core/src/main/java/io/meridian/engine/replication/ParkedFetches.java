package io.meridian.engine.replication;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operations that want to hear when a partition has more to read. Told once, then forgotten: they come back with a
/// read and, if that was not enough, with another wait.
final class ParkedFetches {
    private record Waiting(int originNode, long operationId) {}

    /// In the order in which they came; null when there are none, as in most of many partitions.
    private @Nullable Set<Waiting> waiting;

    /// An operation waits once, however often it comes back.
    void await(int originNode, long operationId) {
        if (waiting == null) {
            waiting = new LinkedHashSet<>(2);
        }
        waiting.add(new Waiting(originNode, operationId));
    }

    void forget(int originNode, long operationId) {
        if (waiting != null) {
            waiting.remove(new Waiting(originNode, operationId));
            waiting = waiting.isEmpty() ? null : waiting;
        }
    }

    void wakeAll(NodeBus bus) {
        Set<Waiting> woken = waiting;
        if (woken == null) {
            return;
        }
        waiting = null;
        for (Waiting each : woken) {
            bus.send(each.originNode(), new PartitionAnswer.PartitionsAdvanced(each.operationId()));
        }
    }

    int size() {
        return waiting == null ? 0 : waiting.size();
    }
}
