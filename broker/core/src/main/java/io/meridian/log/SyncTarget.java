package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.Segment;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must reach stable storage so that everything written up to the moment of asking is durable.
///
/// [#force()] runs once, on any thread; afterwards [#complete] runs once, on the log's loop. A caller that makes a
/// whole file system durable at once may leave out [#force()].
public final class SyncTarget {
    private final PartitionLog log;
    private final LogStorage storage;
    private final List<Segment> segments;
    private final List<SegmentFile> files;
    private final List<String> paths;
    private final List<String> directories;
    private final int namesCreated;
    private final long endOffset;

    SyncTarget(
            PartitionLog log,
            LogStorage storage,
            List<Segment> segments,
            List<SegmentFile> files,
            List<String> paths,
            List<String> directories,
            int namesCreated,
            long endOffset) {
        this.log = log;
        this.storage = storage;
        this.segments = segments;
        this.files = files;
        this.paths = paths;
        this.directories = directories;
        this.namesCreated = namesCreated;
        this.endOffset = endOffset;
    }

    public PartitionLog log() {
        return log;
    }

    /// The files with bytes that may not be durable, oldest first.
    public List<SegmentFile> files() {
        return files;
    }

    /// The segments whose files are forced.
    List<Segment> segments() {
        return segments;
    }

    /// Paths of closed files with bytes that may not be durable.
    public List<String> paths() {
        return paths;
    }

    /// The directories with names that may not be durable, forced after the files.
    public List<String> directories() {
        return directories;
    }

    /// How many names of the log's directory there were when this target was made.
    int namesCreated() {
        return namesCreated;
    }

    /// The synced end of the log once this target is complete.
    public long endOffset() {
        return endOffset;
    }

    public void force() throws StorageFault {
        for (String path : paths) {
            storage.forceClosed(path);
        }
        for (SegmentFile file : files) {
            file.force();
        }
        for (String directory : directories) {
            storage.forceDirectory(directory);
        }
    }

    /// `fault` is what [#force()] threw, or null. After a fault the log takes nothing more.
    public void complete(@Nullable StorageFault fault, Now now) {
        log.onSynced(this, fault);
    }
}
