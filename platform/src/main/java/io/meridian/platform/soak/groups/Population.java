package io.meridian.platform.soak.groups;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// What the members of all groups share: where the node is, how many live, whether a client has given up.
final class Population {
    private final String bootstrap;
    private final Set<String> groupsWithOffsets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger living = new AtomicInteger();
    private final AtomicInteger livingMax = new AtomicInteger();
    private final AtomicInteger lives = new AtomicInteger();
    private final AtomicReference<String> trouble = new AtomicReference<>("");
    private volatile boolean hopeless;

    Population(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    String bootstrap() {
        return bootstrap;
    }

    void born() {
        lives.incrementAndGet();
        livingMax.accumulateAndGet(living.incrementAndGet(), Math::max);
    }

    void died() {
        living.decrementAndGet();
    }

    /// How many lives there have been.
    int lives() {
        return lives.get();
    }

    int living() {
        return living.get();
    }

    int livingMax() {
        return livingMax.get();
    }

    void committed(String groupId) {
        groupsWithOffsets.add(groupId);
    }

    boolean hasCommitted(String groupId) {
        return groupsWithOffsets.contains(groupId);
    }

    int groupsWithOffsets() {
        return groupsWithOffsets.size();
    }

    void gaveUp(String what) {
        trouble.compareAndSet("", what);
    }

    /// What the first client that gave up has said; empty if none has.
    String trouble() {
        return trouble.get();
    }

    /// Nobody waits for anything any more.
    void despair() {
        hopeless = true;
    }

    boolean isHopeless() {
        return hopeless;
    }
}
