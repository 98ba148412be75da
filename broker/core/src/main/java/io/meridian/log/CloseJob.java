package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts everything in order and gives up the files. A log that is faulted only gives them up.
final class CloseJob extends StorageJob implements Forcing {
    private final @Nullable UpkeepJob last;
    private final List<SegmentFile> files;
    private final @Nullable StorageFault logFault;
    private final Consumer<@Nullable StorageFault> whenDone;

    CloseJob(
            @Nullable UpkeepJob last,
            List<SegmentFile> files,
            @Nullable StorageFault logFault,
            Consumer<@Nullable StorageFault> whenDone) {
        this.last = last;
        this.files = files;
        this.logFault = logFault;
        this.whenDone = whenDone;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        try {
            if (last != null) {
                trim();
                last.run();
            }
        } finally {
            giveUp();
        }
    }

    @Override
    public List<SegmentFile> filesToForce() {
        return last == null ? List.of() : last.filesToForce();
    }

    @Override
    public List<String> pathsToForce() {
        return last == null ? List.of() : last.pathsToForce();
    }

    @Override
    public List<String> directoriesToForce() {
        return last == null ? List.of() : last.directoriesToForce();
    }

    @Override
    public void runForced() throws StorageFault {
        try {
            if (last != null) {
                trim();
                last.runForced();
            }
        } finally {
            giveUp();
        }
    }

    private void trim() throws StorageFault {
        for (SegmentFile file : files) {
            file.trim();
        }
    }

    @Override
    public void giveUp() throws StorageFault {
        for (SegmentFile file : files) {
            file.close();
        }
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        if (last != null) {
            last.complete(fault, now);
        }
        whenDone.accept(logFault != null ? logFault : fault);
    }
}
