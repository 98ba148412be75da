package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentNames;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes the files of segments that lie wholly below the log start offset. The names of newer segments are made
/// durable first: whatever is left after a crash is a whole log from its start on, perhaps with older files before
/// it. Slices that are still being sent stay readable.
final class RemovalJob extends StorageJob {
    private final LogTrimmer trimmer;
    private final LogStorage storage;
    private final String directory;
    private final List<Segment> segments;

    RemovalJob(LogTrimmer trimmer, LogStorage storage, String directory, List<Segment> segments) {
        this.trimmer = trimmer;
        this.storage = storage;
        this.directory = directory;
        this.segments = segments;
    }

    List<Segment> segments() {
        return segments;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        storage.forceDirectory(directory);
        for (Segment segment : segments) {
            remove(storage, directory, segment.baseOffset());
            segment.file().close();
        }
    }

    /// Removes the files of one segment, the log last: a segment without indexes is whole, indexes alone are litter.
    static void remove(LogStorage storage, String directory, long baseOffset) throws StorageFault {
        storage.delete(SegmentNames.of(directory, baseOffset, SegmentNames.INDEX));
        storage.delete(SegmentNames.of(directory, baseOffset, SegmentNames.TIME_INDEX));
        storage.delete(SegmentNames.of(directory, baseOffset, SegmentNames.LOG));
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        trimmer.onRemoved(this, fault);
    }
}
