package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.LogRecovery;
import io.meridian.log.segment.ReadMemory;
import io.meridian.log.segment.RecoveryInput;
import io.meridian.log.segment.RecoveryOutcome;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens a log: recovery on a disk thread, the log itself on the loop.
final class OpenJob extends StorageJob {
    private final LogStorage storage;
    private final LogIdentity identity;
    private final LogConfig config;
    private final ReadMemory memory;
    private final RecoveryInput input;
    private final Consumer<OpenResult> whenDone;
    private @Nullable RecoveryOutcome outcome;

    OpenJob(
            LogStorage storage,
            LogIdentity identity,
            LogConfig config,
            OpenPoint point,
            ReadMemory memory,
            Now now,
            Consumer<OpenResult> whenDone) {
        this.storage = storage;
        this.identity = identity;
        this.config = config;
        this.memory = memory;
        this.whenDone = whenDone;
        this.input = new RecoveryInput(
                storage,
                identity.directoryName(),
                identity.topicId(),
                point.recoveryPoint(),
                point.logStartOffset(),
                point.cleanShutdown(),
                point.mayCreate(),
                config.compacted(),
                config.indexIntervalBytes(),
                now.wallMs());
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        outcome = new LogRecovery(input).run();
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        RecoveryOutcome found = outcome;
        if (fault != null || found == null) {
            whenDone.accept(new OpenResult.Faulted(
                    fault != null
                            ? fault
                            : new StorageFault(StorageFault.Kind.IO, input.directory(), "recovery did not run")));
            return;
        }
        whenDone.accept(
                switch (found) {
                    case RecoveryOutcome.Damaged damaged -> new OpenResult.Damaged(damaged.reason());
                    case RecoveryOutcome.Recovered recovered ->
                        new OpenResult.Opened(
                                new PartitionLog(storage, identity, config, recovered.log(), memory, now),
                                recovered.log().report());
                });
    }
}
