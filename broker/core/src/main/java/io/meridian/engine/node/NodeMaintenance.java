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
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Moves the recovery points of a node's logs forward while they are written, their starts when that is asked for,
/// and closes the logs at the end.
///
/// Armed by the first append after a pass, so that a node that is not written to does nothing. A start that was
/// asked for goes into a report; when the controller's node says that the checkpoints name it, it counts, and what
/// lies before it is removed. One report is on its way at a time: what is asked for meanwhile goes into the next.
final class NodeMaintenance {
    private static final long NO_REPORT = -1L;

    /// Files that somebody still reads are looked at again after this.
    private static final long REMOVAL_RETRY_MS = 1_000L;

    /// So many logs are maintained or closed by one job: enough to force them together, few enough to let other
    /// disk work in between.
    private static final int LOGS_PER_ROUND_MAX = 256;

    /// A start on its way into the checkpoint.
    private record Persisting(PartitionReplica replica, PartitionLog log, long offset) {}

    private final int nodeIndex;
    private final LogStorage storage;
    private final PartitionTable table;
    private final DataDirectory directory;
    private final LogFlusher flusher;
    private final NodeBus bus;
    private final Effects effects;
    private final long intervalMs;
    /// The starts of logs that do not serve any more, which a report must not take back.
    private final SortedMap<LogName, Long> starts = new TreeMap<>();

    /// Logs removed by this process, of which nothing counts that the checkpoints said at its start.
    private final Set<LogName> gone = new HashSet<>();

    private List<Persisting> persisting = List.of();
    private long persistingReportId = NO_REPORT;

    /// Names whose files are gone and of which no report told yet. They go together: a report names every log, and a
    /// topic may have thousands.
    private final List<String> removedNames = new ArrayList<>();

    private long removalReportId = NO_REPORT;
    private long lastReportId;
    private long dueNs = Long.MAX_VALUE;
    private long removalDueNs = Long.MAX_VALUE;
    private int jobsInFlight;
    private int removalsInFlight;
    private boolean stopping;
    private boolean closing;

    NodeMaintenance(
            int nodeIndex,
            LogStorage storage,
            PartitionTable table,
            DataDirectory directory,
            LogFlusher flusher,
            NodeBus bus,
            Effects effects,
            long intervalMs) {
        this.nodeIndex = nodeIndex;
        this.storage = storage;
        this.table = table;
        this.directory = directory;
        this.flusher = flusher;
        this.bus = bus;
        this.effects = effects;
        this.intervalMs = intervalMs;
        table.onRemoved(this::onRemoved);
    }

    /// Something is about to be written.
    void appended(Now now) {
        if (dueNs == Long.MAX_VALUE && jobsInFlight == 0 && !stopping) {
            dueNs = now.deadlineNs(intervalMs);
        }
    }

    long nextDeadlineNs() {
        return Math.min(dueNs, removalDueNs);
    }

    private void onRemoved(String directoryName) {
        LogName name = LogName.parse(directoryName);
        if (name != null) {
            starts.remove(name);
            gone.add(name);
        }
        removedNames.add(directoryName);
        reportRemovals();
    }

    private void reportRemovals() {
        if (removalReportId == NO_REPORT && !removedNames.isEmpty()) {
            removalReportId = lastReportId + 1;
            report();
        }
    }

    /// Sends the starts that were asked for on their way.
    void persistStarts() {
        if (persistingReportId != NO_REPORT || !table.hasIntendedStarts() || stopping) {
            return;
        }
        List<Persisting> asked = new ArrayList<>();
        for (PartitionReplica replica : table.takeIntendedStarts()) {
            PartitionLog log = replica.log();
            if (log != null) {
                asked.add(new Persisting(replica, log, log.intendedStartOffset()));
                starts.merge(LogName.of(replica.identity()), log.intendedStartOffset(), Math::max);
            }
        }
        if (!asked.isEmpty()) {
            persisting = asked;
            persistingReportId = lastReportId + 1;
            report();
        }
    }

    /// The checkpoints say what the report said.
    void onCheckpointed(LifecycleMessage.OffsetsCheckpointed done, Now now) {
        done.removed().forEach(table::forgotten);
        if (removalReportId != NO_REPORT && done.reportId() >= removalReportId) {
            removalReportId = NO_REPORT;
            reportRemovals();
        }
        if (persistingReportId == NO_REPORT || done.reportId() < persistingReportId) {
            return;
        }
        List<Persisting> persisted = persisting;
        persisting = List.of();
        persistingReportId = NO_REPORT;
        for (Persisting each : persisted) {
            each.replica().startPersisted(each.log(), each.offset());
            if (each.replica().log() == each.log()) {
                trimmed(each.log(), now);
            }
        }
    }

    /// Begins a new segment where that is due, and removes what is gone.
    void trimmed(PartitionLog log, Now now) {
        if (log.isWriteDue()) {
            flusher.appended(log);
        }
        StorageJob job = stopping ? null : log.removal();
        if (job != null) {
            removalsInFlight++;
            effects.add(new Effect.Store(new ContinuedJob(job, (_, _) -> removed())));
        }
        if (log.isRemovalDue() && !stopping) {
            StorageJob snapshot = log.maintenance(now);
            if (snapshot != null) {
                jobsInFlight++;
                effects.add(new Effect.Store(new ContinuedJob(snapshot, (_, _) -> maintained())));
            }
        }
        if (log.isWriteDue() || log.isRemovalDue()) {
            removalDueNs = Math.min(removalDueNs, now.deadlineNs(REMOVAL_RETRY_MS));
        }
    }

    private void removed() {
        removalsInFlight--;
        closeWhenQuiet();
    }

    void tick(Now now) {
        if (now.monotonicNs() >= removalDueNs && !stopping) {
            removalDueNs = Long.MAX_VALUE;
            for (PartitionLog log : serving()) {
                if (log.isRemovalDue()) {
                    trimmed(log, now);
                }
            }
        }
        if (now.monotonicNs() < dueNs || stopping) {
            return;
        }
        dueNs = Long.MAX_VALUE;
        for (List<PartitionLog> round : rounds(serving())) {
            StorageJob job = PartitionLog.maintenance(storage, round, now);
            if (job != null) {
                jobsInFlight++;
                effects.add(new Effect.Store(new ContinuedJob(job, (_, _) -> maintained())));
            }
        }
        if (jobsInFlight == 0) {
            report();
        }
    }

    private static List<List<PartitionLog>> rounds(List<PartitionLog> logs) {
        List<List<PartitionLog>> rounds = new ArrayList<>();
        for (int from = 0; from < logs.size(); from += LOGS_PER_ROUND_MAX) {
            rounds.add(logs.subList(from, Math.min(logs.size(), from + LOGS_PER_ROUND_MAX)));
        }
        return rounds;
    }

    private void maintained() {
        jobsInFlight--;
        if (jobsInFlight == 0) {
            report();
        }
        closeWhenQuiet();
    }

    /// Every partition is open or offline.
    void opened() {
        bus.send(
                NodeLayout.CONTROLLER_NODE,
                new LifecycleMessage.PartitionsOpened(nodeIndex, table.all().size(), table.offline(), offsets()));
    }

    private void report() {
        lastReportId++;
        List<String> removed = List.copyOf(removedNames);
        removedNames.clear();
        bus.send(
                NodeLayout.CONTROLLER_NODE,
                new LifecycleMessage.OffsetsReported(nodeIndex, lastReportId, offsets(), removed));
    }

    /// Logs that cannot serve keep what was known of them.
    private CheckpointedOffsets offsets() {
        CheckpointedOffsets offsets = CheckpointedOffsets.of(serving());
        for (PartitionReplica replica : table.all()) {
            if (replica.log() == null && !gone.contains(LogName.of(replica.identity()))) {
                offsets = offsets.and(directory.offsetsOf(replica.identity()));
            }
        }
        return offsets.andStarts(starts);
    }

    /// From here on nothing new is served; the logs are closed once what was accepted is stored.
    void stop() {
        stopping = true;
        dueNs = Long.MAX_VALUE;
        removalDueNs = Long.MAX_VALUE;
        closeWhenQuiet();
    }

    /// A log is closed only when no job touches its files any more.
    void closeWhenQuiet() {
        if (!stopping
                || closing
                || jobsInFlight > 0
                || removalsInFlight > 0
                || table.openingCount() > 0
                || !flusher.isIdle()) {
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
        for (List<PartitionLog> round : rounds(logs)) {
            effects.add(new Effect.Store(PartitionLog.close(storage, round, fault -> progress.closed(fault == null))));
        }
    }

    /// The logs that serve.
    List<PartitionLog> serving() {
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
