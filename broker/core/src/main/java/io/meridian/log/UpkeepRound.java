package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The upkeep of several logs of one storage as one job. Where they are many, everything that has to be durable
/// first is forced in one operation, and they share its fate; else a fault of one does not touch the others.
///
/// @param <J> a job of one log
final class UpkeepRound<J extends StorageJob & Forcing> extends StorageJob {
    private static final int FORCED_TOGETHER_FROM = 16;

    private final LogStorage storage;
    private final List<J> jobs;
    private final @Nullable StorageFault[] faults;

    UpkeepRound(LogStorage storage, List<J> jobs) {
        this.storage = storage;
        this.jobs = List.copyOf(jobs);
        this.faults = new @Nullable StorageFault[jobs.size()];
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        boolean isTogether = jobs.size() >= FORCED_TOGETHER_FROM;
        StorageFault shared = isTogether ? forceTogether() : null;
        for (int i = 0; i < faults.length; i++) {
            J job = jobs.get(i);
            try {
                if (shared != null) {
                    faults[i] = shared;
                    job.giveUp();
                } else if (isTogether) {
                    job.runForced();
                } else {
                    job.run();
                }
            } catch (StorageFault fault) {
                faults[i] = fault;
            }
        }
        tellOfLogDirectory();
    }

    /// What concerns everybody must not look like the matter of a log.
    private void tellOfLogDirectory() throws StorageFault {
        for (@Nullable StorageFault fault : faults) {
            if (fault != null && fault.isOfLogDirectory()) {
                throw fault;
            }
        }
    }

    private @Nullable StorageFault forceTogether() {
        List<SegmentFile> files = new ArrayList<>(jobs.size());
        List<String> paths = new ArrayList<>();
        Set<String> directories = new LinkedHashSet<>();
        for (J job : jobs) {
            files.addAll(job.filesToForce());
            paths.addAll(job.pathsToForce());
            directories.addAll(job.directoriesToForce());
        }
        try {
            storage.forceAll(files, paths, directories);
            return null;
        } catch (StorageFault fault) {
            return fault;
        }
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        for (int i = 0; i < faults.length; i++) {
            jobs.get(i).complete(faults[i], now);
        }
    }
}
