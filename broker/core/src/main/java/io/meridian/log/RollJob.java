package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.SegmentNames;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import org.jspecify.annotations.Nullable;

/// Creates the file of the next segment. Its name becomes durable with the next sync; sealing the old segment is the
/// business of maintenance, so that appends wait only for the creation.
final class RollJob extends StorageJob {
    private final LogWriter writer;
    private final LogStorage storage;
    private final String path;
    private final long baseOffset;
    private @Nullable SegmentFile created;

    RollJob(LogWriter writer, LogStorage storage, String directory, long baseOffset) {
        this.writer = writer;
        this.storage = storage;
        this.path = SegmentNames.of(directory, baseOffset, SegmentNames.LOG);
        this.baseOffset = baseOffset;
    }

    long baseOffset() {
        return baseOffset;
    }

    @Nullable
    SegmentFile created() {
        return created;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        created = storage.create(path);
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        writer.onRolled(this, fault);
    }
}
