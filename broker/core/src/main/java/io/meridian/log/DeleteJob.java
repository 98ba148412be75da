package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes a log out of the way under a name that no topic can have, then removes its files.
final class DeleteJob extends StorageJob {
    private final LogStorage storage;
    private final String directory;
    private final String tombstone;
    private final List<SegmentFile> files;
    private final Consumer<@Nullable StorageFault> whenDone;

    DeleteJob(
            LogStorage storage,
            String directory,
            String tombstone,
            List<SegmentFile> files,
            Consumer<@Nullable StorageFault> whenDone) {
        this.storage = storage;
        this.directory = directory;
        this.tombstone = tombstone;
        this.files = files;
        this.whenDone = whenDone;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        storage.rename(directory, tombstone);
        storage.forceDirectory("");
        for (SegmentFile file : files) {
            file.close();
        }
        storage.delete(tombstone);
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        whenDone.accept(fault);
    }
}
