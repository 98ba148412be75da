package io.meridian.engine.replication;

import io.meridian.base.Now;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A job of the log after which somebody else's work goes on, whether or not the job succeeded.
public final class ContinuedJob extends StorageJob {
    private final StorageJob job;
    private final BiConsumer<@Nullable StorageFault, Now> next;

    public ContinuedJob(StorageJob job, BiConsumer<@Nullable StorageFault, Now> next) {
        this.job = job;
        this.next = next;
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
        job.complete(fault, now);
        next.accept(fault, now);
    }
}
