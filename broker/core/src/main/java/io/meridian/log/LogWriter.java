package io.meridian.log;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The planned batches of one log and the one job that is writing some of them.
///
/// The queue's memory belongs to the leases of its batches; each lease is released once, when its batch is in the
/// file or lost.
final class LogWriter {
    /// Operating systems take at most 1024 buffers in one call.
    private static final int BATCHES_PER_WRITE_MAX = 1024;

    private final PartitionLog log;
    private final LogStorage storage;
    private final String directory;
    private final SegmentSet segments;
    private final ArrayDeque<QueuedBatch> queue = new ArrayDeque<>(1);
    private @Nullable StorageJob inFlight;
    private long rollTo = -1L;
    private @Nullable StorageFault stall;

    LogWriter(PartitionLog log, LogStorage storage, String directory, SegmentSet segments) {
        this.log = log;
        this.storage = storage;
        this.directory = directory;
        this.segments = segments;
    }

    void add(QueuedBatch batch) {
        batch.lease().retain();
        queue.add(batch);
    }

    boolean isIdle() {
        return queue.isEmpty()
                && inFlight == null
                && rollTo <= segments.active().baseOffset();
    }

    /// Begins a new segment before anything else is written.
    void rollTo(long baseOffset) {
        rollTo = baseOffset;
    }

    /// What the volume said when it had no space left; null unless writing waits for [#resume()].
    @Nullable
    StorageFault stall() {
        return stall;
    }

    /// Tries again what found no space.
    void resume() {
        stall = null;
    }

    /// The queue waits for space, its requests' memory does not: without it no request could be read that frees
    /// space.
    private void stall(StorageFault fault) {
        stall = fault;
        List<QueuedBatch> waiting = List.copyOf(queue);
        queue.clear();
        for (QueuedBatch batch : waiting) {
            queue.add(batch.copied());
        }
        log.onStalled(fault);
    }

    boolean isBusy() {
        return inFlight != null;
    }

    @Nullable
    StorageJob nextJob() {
        if (inFlight != null || stall != null) {
            return null;
        }
        if (rollTo > segments.active().baseOffset()) {
            inFlight = new RollJob(this, storage, directory, rollTo);
            return inFlight;
        }
        QueuedBatch first = queue.peek();
        if (first == null) {
            return null;
        }
        boolean needsSegment = first.rolls() && segments.active().baseOffset() != first.baseOffset();
        inFlight = needsSegment
                ? new RollJob(this, storage, directory, first.baseOffset())
                : new WriteJob(this, segments.active(), takeNeighbours());
        return inFlight;
    }

    private List<QueuedBatch> takeNeighbours() {
        List<QueuedBatch> batches = new ArrayList<>();
        QueuedBatch next = queue.peek();
        while (next != null && batches.size() < BATCHES_PER_WRITE_MAX && (batches.isEmpty() || !next.rolls())) {
            batches.add(queue.remove());
            next = queue.peek();
        }
        return batches;
    }

    void onRolled(RollJob job, @Nullable StorageFault fault) {
        Invariant.check(inFlight == job, "a roll completes once");
        inFlight = null;
        SegmentFile created = job.created();
        if (fault != null && fault.kind() == StorageFault.Kind.FULL && log.isWritable()) {
            stall(fault);
        } else if (fault != null || created == null) {
            log.fail(fault != null ? fault : new StorageFault(StorageFault.Kind.IO, directory, "the roll did not run"));
        } else {
            log.onRolled(job.baseOffset(), created);
        }
    }

    void onWritten(WriteJob job, @Nullable StorageFault fault, Now now) {
        Invariant.check(inFlight == job, "a write completes once");
        inFlight = null;
        if (fault != null && fault.kind() == StorageFault.Kind.FULL && log.isWritable()) {
            // Any part of the bytes may be in the file. They are written again at the same position.
            job.batches().reversed().forEach(queue::addFirst);
            stall(fault);
            return;
        }
        Segment segment = job.segment();
        for (QueuedBatch batch : job.batches()) {
            if (fault == null) {
                segment.written(
                        batch.baseOffset(),
                        batch.lastOffset(),
                        batch.maxTimestampMs(),
                        batch.positionBytes(),
                        batch.sizeBytes(),
                        log.config().indexIntervalBytes());
            }
            batch.lease().release();
        }
        if (fault != null) {
            log.fail(fault);
        } else {
            segment.appendedAt(now.wallMs());
            log.onWritten(job.batches().getLast().lastOffset() + 1);
        }
    }

    /// Gives up everything that is queued.
    void drop() {
        for (QueuedBatch batch : queue) {
            batch.lease().release();
        }
        queue.clear();
    }
}
