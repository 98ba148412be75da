package io.meridian.log;

import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows which bytes and names of a log may not be durable.
final class LogSync {
    private final PartitionLog log;
    private final LogStorage storage;
    private final SegmentSet segments;
    private final List<SegmentFile> extras;
    private boolean isParentDurable;
    private int underWay;
    private boolean areNamesPending;
    private long coveredEndOffset;

    /// @param isNew the directory itself is new
    /// @param extras files beside the segments that are to be forced once and then closed
    LogSync(PartitionLog log, LogStorage storage, SegmentSet segments, boolean isNew, List<SegmentFile> extras) {
        this.log = log;
        this.storage = storage;
        this.segments = segments;
        this.extras = new ArrayList<>(extras);
        this.isParentDurable = !isNew;
        this.areNamesPending = isNew;
        this.coveredEndOffset = log.syncedEndOffset();
    }

    void onNewName() {
        areNamesPending = true;
    }

    @Nullable
    SyncTarget target() {
        long endOffset = log.writtenEndOffset();
        if (endOffset <= coveredEndOffset && !areNamesPending) {
            return null;
        }
        List<SegmentFile> closing = List.copyOf(extras);
        List<SegmentFile> files = new ArrayList<>(closing);
        List<Segment> forced = new ArrayList<>();
        Segment segment = segments.floor(log.syncedEndOffset());
        while (segment != null) {
            files.add(segment.file());
            segment.used();
            forced.add(segment);
            segment = segments.after(segment);
        }
        List<String> directories = new ArrayList<>();
        if (areNamesPending) {
            directories.add(log.directory());
        }
        if (!isParentDurable) {
            directories.add(PartitionLog.LOG_DIRECTORY);
        }
        coveredEndOffset = endOffset;
        areNamesPending = false;
        underWay++;
        extras.clear();
        return new SyncTarget(log, storage, forced, List.copyOf(files), closing, directories, endOffset);
    }

    /// False until the directory of a new log is sure to be found again.
    boolean isParentDurable() {
        return isParentDurable;
    }

    void onParentForced() {
        isParentDurable = true;
    }

    boolean isUnderWay() {
        return underWay > 0;
    }

    void onDone(SyncTarget target, boolean isForced) throws StorageFault {
        underWay--;
        target.segments().forEach(Segment::unused);
        isParentDurable |= isForced && target.directories().contains(PartitionLog.LOG_DIRECTORY);
        for (SegmentFile file : target.closing()) {
            file.close();
        }
    }
}
