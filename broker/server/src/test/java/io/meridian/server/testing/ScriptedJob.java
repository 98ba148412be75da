package io.meridian.server.testing;

import io.meridian.base.Now;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import org.jspecify.annotations.Nullable;

/// A job that runs what it is given.
public final class ScriptedJob extends StorageJob {
    /// What may fail as storage does.
    public interface Work {
        void run() throws StorageFault;
    }

    private final Lane lane;
    private final Work work;
    private final Runnable completed;

    public ScriptedJob(Lane lane, Work work, Runnable completed) {
        this.lane = lane;
        this.work = work;
        this.completed = completed;
    }

    @Override
    public Lane lane() {
        return lane;
    }

    @Override
    public void run() throws StorageFault {
        work.run();
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        completed.run();
    }
}
