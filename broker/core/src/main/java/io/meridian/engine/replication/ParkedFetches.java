package io.meridian.engine.replication;

import java.util.ArrayList;
import java.util.List;

/// Operations that want to hear when a partition has more to read. Told once, then forgotten: they come back with a
/// read and, if that was not enough, with another wait.
final class ParkedFetches {
    private record Waiting(int originNode, long operationId) {}

    private final List<Waiting> waiting = new ArrayList<>(0);

    void await(int originNode, long operationId) {
        waiting.add(new Waiting(originNode, operationId));
    }

    void forget(int originNode, long operationId) {
        waiting.remove(new Waiting(originNode, operationId));
    }

    void wakeAll(NodeBus bus) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Waiting each : waiting) {
            bus.send(each.originNode(), new PartitionAnswer.PartitionsAdvanced(each.operationId()));
        }
        waiting.clear();
    }

    int size() {
        return waiting.size();
    }
}
