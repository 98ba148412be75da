package io.meridian.engine.metadata.image;

import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// Every registered broker by id.
public record BrokersImage(TreePMap<Integer, BrokerImage> byId) {
    public static final BrokersImage EMPTY = new BrokersImage(TreePMap.empty());

    public @Nullable BrokerImage broker(int brokerId) {
        return byId.get(brokerId);
    }

    public Iterable<BrokerImage> inIdOrder() {
        return byId.values();
    }

    public int size() {
        return byId.size();
    }

    /// How many brokers may be given replicas.
    public int unfencedCount() {
        int count = 0;
        for (BrokerImage broker : byId.values()) {
            if (!broker.fenced()) {
                count++;
            }
        }
        return count;
    }

    public BrokersImage with(BrokerImage broker) {
        return new BrokersImage(byId.plus(broker.brokerId(), broker));
    }
}
