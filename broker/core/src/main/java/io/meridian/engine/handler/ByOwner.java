package io.meridian.engine.handler;

import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.replication.TopicIdPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/// Items of a request sorted by the node that owns their partition, in the order of the request within each node.
final class ByOwner<T> {
    private final NodeLayout layout;
    private final List<List<T>> items;
    private int ownerCount;

    ByOwner(NodeLayout layout) {
        this.layout = layout;
        this.items = new ArrayList<>(layout.nodeCount());
        for (int node = 0; node < layout.nodeCount(); node++) {
            items.add(List.of());
        }
    }

    void add(TopicIdPartition partition, T item) {
        int owner = layout.ownerOf(partition);
        if (items.get(owner).isEmpty()) {
            items.set(owner, new ArrayList<>());
            ownerCount++;
        }
        items.get(owner).add(item);
    }

    /// Nodes that own something of the request.
    int ownerCount() {
        return ownerCount;
    }

    /// The items of one node of this process; none when it owns nothing of the request.
    List<T> of(int node) {
        return items.get(node);
    }

    /// Calls `action` for each owner, this process's nodes in ascending order.
    void forEach(ObjIntConsumer<List<T>> action) {
        for (int node = 0; node < items.size(); node++) {
            if (!items.get(node).isEmpty()) {
                action.accept(items.get(node), node);
            }
        }
    }
}
