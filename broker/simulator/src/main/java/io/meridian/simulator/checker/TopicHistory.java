package io.meridian.simulator.checker;

import io.meridian.base.Uuid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One incarnation of a topic, from the reply that created it.
public final class TopicHistory {
    /// How names of topics begin that are deleted and created again.
    public static final String TEMPORARY_PREFIX = "temporary";

    private final String name;
    private final Uuid id;
    private final boolean isSynced;
    private final boolean isTrimmed;
    private final List<PartitionHistory> partitions;
    private long deletionAskedAtNs = Long.MAX_VALUE;
    private long deletedAtNs = Long.MAX_VALUE;
    private final long createdAtNs;
    private int partitionsAsked;

    TopicHistory(
            String name,
            Uuid id,
            boolean isSynced,
            boolean isTrimmed,
            List<PartitionHistory> partitions,
            long createdAtNs) {
        this.name = name;
        this.id = id;
        this.isSynced = isSynced;
        this.isTrimmed = isTrimmed;
        this.partitions = new ArrayList<>(partitions);
        this.partitionsAsked = partitions.size();
        this.createdAtNs = createdAtNs;
    }

    public String name() {
        return name;
    }

    /// Whether topics of this name come and go, so that only the id says which one is meant.
    public boolean isTemporary() {
        return name.startsWith(TEMPORARY_PREFIX);
    }

    public Uuid id() {
        return id;
    }

    public boolean isSynced() {
        return isSynced;
    }

    /// Whether an administrator may have its records deleted.
    public boolean isTrimmed() {
        return isTrimmed;
    }

    /// Those that are known to exist; more may come.
    public List<PartitionHistory> partitions() {
        return Collections.unmodifiableList(partitions);
    }

    /// So many partitions were asked for and may exist from now on.
    public void partitionsAsked(int count) {
        partitionsAsked = Math.max(partitionsAsked, count);
    }

    /// Whether so many partitions may exist.
    public boolean isPartitionAsked(int count) {
        return count <= partitionsAsked;
    }

    void add(PartitionHistory partition) {
        partitions.add(partition);
    }

    /// A deletion was sent and may be applied at any time from now on.
    public void deletionAsked(long nowNs) {
        deletionAskedAtNs = Math.min(deletionAskedAtNs, nowNs);
    }

    /// A deletion was acknowledged.
    public void deleted(long nowNs) {
        deletionAsked(nowNs);
        deletedAtNs = Math.min(deletedAtNs, nowNs);
    }

    public boolean isDeletionAsked() {
        return deletionAskedAtNs != Long.MAX_VALUE;
    }

    /// Whether the broker has promised that the topic is gone.
    public boolean isDeleted() {
        return deletedAtNs != Long.MAX_VALUE;
    }

    long deletedAtNs() {
        return deletedAtNs;
    }

    long createdAtNs() {
        return createdAtNs;
    }
}
