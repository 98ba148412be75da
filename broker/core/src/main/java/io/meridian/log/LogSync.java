package io.meridian.log;

import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows which bytes and names of a log may not be durable.
final class LogSync {
    /// What is known of names at one moment.
    ///
    /// @param arePending names inside the log's directory may not be durable
    /// @param isParentDurable the directory of the log is sure to be found again
    /// @param createdCount names created so far
    record Names(boolean arePending, boolean isParentDurable, int createdCount) {}

    private final PartitionLog log;
    private final LogStorage storage;
    private final SegmentSet segments;
    private List<String> unforced;
    private boolean isParentDurable;
    private int underWay;
    private boolean areNamesPending;
    private int namesCreated;
    private int namesForced;
    private long coveredEndOffset;

    /// @param areNamesPending the names of the directory and in it may not be durable
    /// @param unforced paths of closed files beside the segments that are to be forced once
    LogSync(PartitionLog log, LogStorage storage, SegmentSet segments, boolean areNamesPending, List<String> unforced) {
        this.log = log;
        this.storage = storage;
        this.segments = segments;
        this.unforced = unforced;
        this.isParentDurable = !areNamesPending;
        this.areNamesPending = areNamesPending;
        this.namesCreated = areNamesPending ? 1 : 0;
        this.coveredEndOffset = log.syncedEndOffset();
    }

    void onNewName() {
        areNamesPending = true;
        namesCreated++;
    }

    @Nullable
    SyncTarget target() {
        long endOffset = log.writtenEndOffset();
        if (endOffset <= coveredEndOffset && !areNamesPending) {
            return null;
        }
        List<SegmentFile> files = new ArrayList<>(1);
        List<Segment> forced = new ArrayList<>(1);
        Segment segment = segments.floor(log.syncedEndOffset());
        while (segment != null) {
            files.add(segment.file());
            segment.used();
            forced.add(segment);
            segment = segments.after(segment);
        }
        List<String> directories = new ArrayList<>(areNamesPending ? 2 : 0);
        if (areNamesPending) {
            directories.add(log.directory());
        }
        if (!isParentDurable) {
            directories.add(PartitionLog.LOG_DIRECTORY);
        }
        coveredEndOffset = endOffset;
        areNamesPending = false;
        underWay++;
        return new SyncTarget(log, storage, forced, List.copyOf(files), unforced, directories, namesCreated, endOffset);
    }

    Names names() {
        return new Names(namesCreated > namesForced, isParentDurable, namesCreated);
    }

    /// Everything that was not durable when `names` were asked for is: the names, and what [#unforced()] named.
    void onForced(Names names) {
        isParentDurable = true;
        unforced = List.of();
        onNamesForced(names.createdCount());
    }

    private void onNamesForced(int createdCount) {
        namesForced = Math.max(namesForced, createdCount);
        areNamesPending &= namesCreated > namesForced;
    }

    boolean isUnderWay() {
        return underWay > 0;
    }

    /// Paths of closed files that are not known to be durable.
    List<String> unforced() {
        return unforced;
    }

    void onDone(SyncTarget target, boolean isForced) {
        underWay--;
        target.segments().forEach(Segment::unused);
        if (isForced) {
            isParentDurable |= target.directories().contains(PartitionLog.LOG_DIRECTORY);
            unforced = target.paths().isEmpty() ? unforced : List.of();
            if (target.directories().contains(log.directory())) {
                onNamesForced(target.namesCreated());
            }
        }
    }
}
