package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.engine.replication.PartitionReplica;
import io.meridian.engine.replication.PartitionTable;
import io.meridian.log.PartitionLog;

/// Has every log of a node look at its retention, again and again: the one thing that a node does when nobody asks
/// it anything.
final class RetentionTimer {
    /// The first look comes early: a broker that was down for long has much to delete.
    private static final long FIRST_MS_MAX = 30_000L;

    private final PartitionTable table;
    private final NodeMaintenance maintenance;
    private final long intervalMs;
    private long dueNs = Long.MAX_VALUE;

    RetentionTimer(PartitionTable table, NodeMaintenance maintenance, long intervalMs) {
        this.table = table;
        this.maintenance = maintenance;
        this.intervalMs = intervalMs;
    }

    void start(Now now) {
        dueNs = now.deadlineNs(Math.min(intervalMs, FIRST_MS_MAX));
    }

    void stop() {
        dueNs = Long.MAX_VALUE;
    }

    long nextDeadlineNs() {
        return dueNs;
    }

    void tick(Now now) {
        if (now.monotonicNs() < dueNs) {
            return;
        }
        dueNs = now.deadlineNs(intervalMs);
        for (PartitionReplica replica : table.all()) {
            PartitionLog log = replica.log();
            if (log != null) {
                log.retain(now);
                if (log.intendedStartOffset() > log.logStartOffset()) {
                    table.startIntended(replica);
                }
                maintenance.trimmed(log, now);
            }
        }
    }
}
