package io.meridian.engine.replication;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.log.FlushPolicy;
import io.meridian.log.PartitionLog;
import io.meridian.log.SyncTarget;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries planned appends of a node's logs to the file and to the device: steps two and three of an append.
///
/// Writes are planned once per loop turn, one gathering write per log. Syncs run in rounds: while one round waits
/// for the device, everything written meanwhile gathers for the next, so that one sync acknowledges many appends.
/// At most one round is in work; a round starts when the writes of the turn are through. The logs of a small round
/// are forced at once by several threads: the device takes them together, one after the other would each wait for it.
public final class LogFlusher {
    /// A round of as many logs is forced in one operation, and stands or falls as one.
    private static final int FORCED_TOGETHER_FROM = 16;

    private final LogStorage storage;
    private final Effects effects;
    private final LinkedHashSet<PartitionLog> planned = new LinkedHashSet<>();
    private final LinkedHashSet<PartitionLog> unsynced = new LinkedHashSet<>();
    private final LinkedHashSet<PartitionLog> stalled = new LinkedHashSet<>();
    private final SpaceGuard space = new SpaceGuard();
    private boolean isGivingUp;
    private int jobsInFlight;
    private int loopWritesInFlight;
    private int syncsInFlight;
    private long roundCount;
    private long syncedLogCount;

    public LogFlusher(LogStorage storage, Effects effects) {
        this.storage = storage;
        this.effects = effects;
    }

    /// What follows when the log directory itself cannot be synced.
    public static Effect directoryLost(StorageFault fault) {
        return new Effect.StopProcess("the log directory cannot be made durable: " + fault.getMessage());
    }

    /// The log has planned appends that are not written yet.
    public void appended(PartitionLog log) {
        planned.add(log);
    }

    /// Makes what the log has written so far durable, though nothing new was appended.
    void syncWritten(PartitionLog log) {
        unsynced.add(log);
        startRoundIfDue();
    }

    /// Whether something waits for the end of the turn.
    public boolean hasPlanned() {
        return !planned.isEmpty();
    }

    /// Whether everything that was planned is written, and synced where the policy asks for it.
    public boolean isIdle() {
        return planned.isEmpty() && jobsInFlight == 0 && syncsInFlight == 0 && unsynced.isEmpty() && stalled.isEmpty();
    }

    /// Forgets a log that was taken out of service.
    public void forget(PartitionLog log) {
        planned.remove(log);
        unsynced.remove(log);
        stalled.remove(log);
    }

    /// What is known of the room on the volume.
    public SpaceGuard space() {
        return space;
    }

    /// Whether a log waits for room to write what is planned.
    public boolean isStalled() {
        return !stalled.isEmpty();
    }

    /// Has every log that waits for room try again.
    public void retryStalled(Now now) {
        List<PartitionLog> waiting = List.copyOf(stalled);
        stalled.clear();
        for (PartitionLog log : waiting) {
            log.resume();
            startNextJob(log, now);
        }
    }

    /// No log waits for room any more, now or later: what it cannot write, it fails with.
    public void giveUpStalled() {
        isGivingUp = true;
        List<PartitionLog> waiting = List.copyOf(stalled);
        stalled.clear();
        waiting.forEach(PartitionLog::giveUp);
    }

    /// Emits the writes of this loop turn.
    public void endTurn(Now now) {
        if (planned.isEmpty()) {
            return;
        }
        List<PartitionLog> turn = List.copyOf(planned);
        planned.clear();
        for (PartitionLog log : turn) {
            startNextJob(log, now);
        }
    }

    /// Sync rounds begun since the start.
    public long roundCount() {
        return roundCount;
    }

    /// Logs synced in those rounds, a log counted once per round.
    public long syncedLogCount() {
        return syncedLogCount;
    }

    /// Logs that wait for a sync now.
    public int unsyncedCount() {
        return unsynced.size();
    }

    private void startNextJob(PartitionLog log, Now now) {
        StorageJob job = log.nextJob(now);
        if (job == null) {
            return;
        }
        jobsInFlight++;
        if (job.lane() == StorageJob.Lane.LOOP) {
            loopWritesInFlight++;
        }
        effects.add(new Effect.Store(new LogJob(log, job)));
    }

    private void startRoundIfDue() {
        if (syncsInFlight > 0 || loopWritesInFlight > 0 || unsynced.isEmpty()) {
            return;
        }
        List<SyncTarget> targets = new ArrayList<>(unsynced.size());
        for (PartitionLog log : unsynced) {
            SyncTarget target = log.syncTarget();
            if (target != null) {
                targets.add(target);
            }
        }
        unsynced.clear();
        if (targets.isEmpty()) {
            return;
        }
        roundCount++;
        syncedLogCount += targets.size();
        if (targets.size() >= FORCED_TOGETHER_FROM) {
            sync(targets);
        } else {
            targets.forEach(target -> sync(List.of(target)));
        }
    }

    private void sync(List<SyncTarget> targets) {
        syncsInFlight++;
        effects.add(new Effect.Store(new SyncJob(targets)));
    }

    /// A write or a roll of one log, after which the log may have more to do.
    private final class LogJob extends StorageJob {
        private final PartitionLog log;
        private final StorageJob job;

        LogJob(PartitionLog log, StorageJob job) {
            this.log = log;
            this.job = job;
        }

        @Override
        public Lane lane() {
            return job.lane();
        }

        @Override
        public void run() throws StorageFault {
            job.run();
        }

        @Override
        public void complete(@Nullable StorageFault fault, Now now) {
            jobsInFlight--;
            if (job.lane() == Lane.LOOP) {
                loopWritesInFlight--;
            }
            job.complete(fault, now);
            if (fault == null) {
                if (log.config().flushPolicy() == FlushPolicy.ACK) {
                    unsynced.add(log);
                }
                startNextJob(log, now);
            } else if (log.isStalled()) {
                stalled.add(log);
                if (isGivingUp) {
                    giveUpStalled();
                }
            }
            startRoundIfDue();
        }
    }

    /// Forces what one log, or many together, had written when the round began.
    private final class SyncJob extends StorageJob {
        private final List<SyncTarget> targets;

        SyncJob(List<SyncTarget> targets) {
            this.targets = targets;
        }

        @Override
        public Lane lane() {
            return Lane.SYNC;
        }

        @Override
        public void run() throws StorageFault {
            if (targets.size() == 1) {
                targets.getFirst().force();
                return;
            }
            List<SegmentFile> files = new ArrayList<>(targets.size());
            List<String> paths = new ArrayList<>();
            LinkedHashSet<String> directories = new LinkedHashSet<>();
            for (SyncTarget target : targets) {
                files.addAll(target.files());
                paths.addAll(target.paths());
                directories.addAll(target.directories());
            }
            storage.forceAll(files, paths, directories);
        }

        @Override
        public void complete(@Nullable StorageFault fault, Now now) {
            syncsInFlight--;
            if (fault != null && fault.isOfLogDirectory()) {
                effects.add(directoryLost(fault));
            }
            for (SyncTarget target : targets) {
                target.complete(fault, now);
            }
            startRoundIfDue();
        }
    }
}
