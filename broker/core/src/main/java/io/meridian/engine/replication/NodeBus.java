package io.meridian.engine.replication;

import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.NodeMessage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Sends messages to nodes of this process. What a node says to itself stays inside the event in which it was said.
public final class NodeBus {
    private final int nodeIndex;
    private final Effects effects;
    private final ArrayDeque<NodeMessage> toSelf = new ArrayDeque<>();

    public NodeBus(int nodeIndex, Effects effects) {
        this.nodeIndex = nodeIndex;
        this.effects = effects;
    }

    public void send(int node, NodeMessage message) {
        if (node == nodeIndex) {
            toSelf.add(message);
        } else {
            effects.add(new Effect.ToNode(node, message));
        }
    }

    /// Removes and returns the oldest message to this node itself; null when there is none.
    public @Nullable NodeMessage pollOwn() {
        return toSelf.poll();
    }
}
