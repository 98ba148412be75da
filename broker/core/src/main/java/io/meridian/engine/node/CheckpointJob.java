package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.log.checkpoint.CleanShutdownMarker;
import io.meridian.log.checkpoint.OffsetCheckpoint;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the checkpoint files of the log directory, and at the end of a clean stop the marker that says so.
///
/// The marker comes last: with it, a start believes the recovery points without looking at the logs.
final class CheckpointJob extends StorageJob {
    private final LogStorage storage;
    private final CheckpointedOffsets offsets;
    private final OptionalLong cleanBrokerEpoch;
    private final BiConsumer<@Nullable StorageFault, Now> whenDone;

    /// @param cleanBrokerEpoch the epoch to mark a clean stop with; empty for no mark
    CheckpointJob(
            LogStorage storage,
            CheckpointedOffsets offsets,
            OptionalLong cleanBrokerEpoch,
            BiConsumer<@Nullable StorageFault, Now> whenDone) {
        this.storage = storage;
        this.offsets = offsets;
        this.cleanBrokerEpoch = cleanBrokerEpoch;
        this.whenDone = whenDone;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        OffsetCheckpoint.LOG_START.write(storage, entries(offsets.logStartOffsets()));
        OffsetCheckpoint.RECOVERY_POINT.write(storage, entries(offsets.recoveryPoints()));
        if (cleanBrokerEpoch.isPresent()) {
            CleanShutdownMarker.write(storage, cleanBrokerEpoch.getAsLong());
        }
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        whenDone.accept(fault, now);
    }

    private static List<OffsetCheckpoint.Entry> entries(SortedMap<LogName, Long> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> new OffsetCheckpoint.Entry(
                        entry.getKey().topic(), entry.getKey().partition(), entry.getValue()))
                .toList();
    }
}
