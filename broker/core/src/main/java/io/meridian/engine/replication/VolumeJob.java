package io.meridian.engine.replication;

import io.meridian.base.Now;
import io.meridian.engine.replication.PartitionAnswer.MeasuredVolume;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.storage.VolumeSpace;
import io.meridian.protocol.api.ErrorCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks how large the log directory's volume is and what of it is free.
final class VolumeJob extends StorageJob {
    private static final long UNKNOWN_BYTES = -1L;

    private final LogStorage storage;
    private final Consumer<MeasuredVolume> whenDone;
    private @Nullable VolumeSpace space;

    VolumeJob(LogStorage storage, Consumer<MeasuredVolume> whenDone) {
        this.storage = storage;
        this.whenDone = whenDone;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        space = storage.volumeSpace();
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        VolumeSpace found = space;
        whenDone.accept(
                found == null
                        ? new MeasuredVolume(
                                storage.location(), ErrorCode.KAFKA_STORAGE_ERROR, UNKNOWN_BYTES, UNKNOWN_BYTES)
                        : new MeasuredVolume(
                                storage.location(), ErrorCode.NONE, found.totalBytes(), found.usableBytes()));
    }
}
