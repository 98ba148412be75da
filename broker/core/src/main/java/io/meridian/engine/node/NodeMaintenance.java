package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.replication.ContinuedJob;
import io.meridian.engine.replication.LogFlusher;
import io.meridian.engine.replication.NodeBus;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.replication.PartitionReplica;
import io.meridian.engine.replication.PartitionTable;
import io.meridian.log.PartitionLog;
import io.meridian.log.storage.StorageJob;
import java.util.ArrayList;
import java.util.List;

/// Moves the recovery points of a node's logs forward while they are written, and closes the logs at the end.
///
/// Armed by the first append after a pass, so that a node that is not written to does nothing.
final class NodeMaintenance {
    private final int nodeIndex;
    private final PartitionTable table;
    private final DataDirectory directory;
    private final LogFlusher flusher;
    private final NodeBus bus;
    private final Effects effects;
    private final long intervalMs;
    private long dueNs = Long.MAX_VALUE;
    private int jobsInFlight;
    private boolean stopping;
    private boolean closing;

    NodeMaintenance(
            int nodeIndex,
            PartitionTable table,
            DataDirectory directory,
            LogFlusher flusher,
            NodeBus bus,
            Effects effects,
            long intervalMs) {
        this.nodeIndex = nodeIndex;
        this.table = table;
        this.directory = directory;
        this.flusher = flusher;
        this.bus = bus;
        this.effects = effects;
        this.intervalMs = intervalMs;
        table.onRemoved(name -> report(List.of(name)));
    }

    /// Something is about to be written.
    void appended(Now now) {
        if (dueNs == Long.MAX_VALUE && jobsInFlight == 0 && !stopping) {
            dueNs = now.deadlineNs(intervalMs);
        }
    }

    long nextDeadlineNs() {
        return dueNs;
    }

    void tick(Now now) {
        if (now.monotonicNs() < dueNs || stopping) {
            return;
        }
        dueNs = Long.MAX_VALUE;
        for (PartitionLog log : serving()) {
            StorageJob job = log.maintenance(now);
            if (job != null) {
                jobsInFlight++;
                effects.add(new Effect.Store(new ContinuedJob(job, (_, _) -> maintained())));
            }
        }
    }

    private void maintained() {
        jobsInFlight--;
        if (jobsInFlight == 0) {
            report(List.of());
        }
        closeWhenQuiet();
    }

    /// Every partition is open or offline.
    void opened() {
        bus.send(
                NodeLayout.CONTROLLER_NODE,
                new LifecycleMessage.PartitionsOpened(nodeIndex, table.all().size(), table.offline(), offsets()));
    }

    private void report(List<String> removed) {
        bus.send(NodeLayout.CONTROLLER_NODE, new LifecycleMessage.OffsetsReported(nodeIndex, offsets(), removed));
    }

    /// Logs that cannot serve keep what was known of them.
    private CheckpointedOffsets offsets() {
        CheckpointedOffsets offsets = CheckpointedOffsets.of(serving());
        for (PartitionReplica replica : table.all()) {
            if (replica.log() == null) {
                offsets = offsets.and(directory.offsetsOf(replica.identity()));
            }
        }
        return offsets;
    }

    /// From here on nothing new is served; the logs are closed once what was accepted is stored.
    void stop() {
        stopping = true;
        dueNs = Long.MAX_VALUE;
        closeWhenQuiet();
    }

    /// A log is closed only when no job touches its files any more.
    void closeWhenQuiet() {
        if (!stopping || closing || jobsInFlight > 0 || table.openingCount() > 0 || !flusher.isIdle()) {
            return;
        }
        closing = true;
        boolean everyLogServed = table.offline().isEmpty();
        CheckpointedOffsets before = offsets();
        List<PartitionLog> logs = table.closeAll();
        Closing progress = new Closing(before, logs, everyLogServed);
        if (logs.isEmpty()) {
            progress.finish();
        }
        for (PartitionLog log : logs) {
            effects.add(new Effect.Store(log.close(fault -> progress.closed(fault == null))));
        }
    }

    private List<PartitionLog> serving() {
        List<PartitionLog> logs = new ArrayList<>();
        for (PartitionReplica replica : table.all()) {
            PartitionLog log = replica.log();
            if (log != null) {
                logs.add(log);
            }
        }
        return logs;
    }

    /// Waits for the last log of the node to be closed.
    private final class Closing {
        private final CheckpointedOffsets before;
        private final List<PartitionLog> logs;
        private int remaining;
        private boolean clean;

        Closing(CheckpointedOffsets before, List<PartitionLog> logs, boolean everyLogServed) {
            this.before = before;
            this.logs = logs;
            this.remaining = logs.size();
            this.clean = everyLogServed;
        }

        void closed(boolean logIsClean) {
            clean &= logIsClean;
            remaining--;
            if (remaining == 0) {
                finish();
            }
        }

        void finish() {
            bus.send(
                    NodeLayout.CONTROLLER_NODE,
                    new LifecycleMessage.LogsClosed(nodeIndex, clean, before.and(CheckpointedOffsets.of(logs))));
        }
    }
}
