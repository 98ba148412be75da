package io.meridian.log;

import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.util.List;

/// A job that goes on once some files are durable, so that the files of many jobs can be forced in one operation.
interface Forcing {
    List<SegmentFile> filesToForce();

    /// Paths of closed files to be forced.
    List<String> pathsToForce();

    /// Directories whose names are to be durable.
    List<String> directoriesToForce();

    /// The rest of the job; everything above is durable.
    void runForced() throws StorageFault;

    /// Instead of [#runForced()], when something above could not be forced.
    void giveUp() throws StorageFault;
}
