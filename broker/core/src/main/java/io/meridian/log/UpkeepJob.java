package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.checkpoint.AtomicFile;
import io.meridian.log.checkpoint.LeaderEpochCheckpoint;
import io.meridian.log.segment.IndexBuilder;
import io.meridian.log.segment.IndexFiles;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentNames;
import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Forces closed segments and writes the files beside the log, in the order that a crash in between forgives:
/// bytes of the log first, names last.
final class UpkeepJob extends StorageJob implements Forcing {
    /// Takes the result back on the loop.
    interface Completion {
        void done(UpkeepJob job, @Nullable StorageFault fault);
    }

    private record IndexPair(long baseOffset, ByteBuffer offsets, ByteBuffer times) {}

    private record NamedFile(String name, ByteBuffer content) {}

    private final LogStorage storage;
    private final String directory;
    private final LogSync.Names names;
    private final List<String> paths;
    private final long recoveryPoint;
    private final Completion completion;
    private final List<SegmentFile> forced = new ArrayList<>();
    private final List<IndexPair> indexes = new ArrayList<>();
    private final List<NamedFile> files = new ArrayList<>();
    private final List<Segment> used = new ArrayList<>();
    private final List<Segment> sealedSegments = new ArrayList<>();
    private List<LeaderEpochs.Entry> epochs;
    private long snapshotOffset = -1;

    /// @param names the names that may not be durable
    /// @param paths closed files that may not be durable
    /// @param epochs what the epoch file holds
    UpkeepJob(
            LogStorage storage,
            String directory,
            LogSync.Names names,
            List<String> paths,
            long recoveryPoint,
            List<LeaderEpochs.Entry> epochs,
            Completion completion) {
        this.storage = storage;
        this.directory = directory;
        this.names = names;
        this.paths = paths;
        this.recoveryPoint = recoveryPoint;
        this.epochs = epochs;
        this.completion = completion;
    }

    void addIndexes(Segment segment, IndexBuilder builder, long endOffset, boolean seals) {
        use(segment);
        indexes.add(new IndexPair(
                segment.baseOffset(),
                builder.offsets().encodeBelow(endOffset),
                builder.times().encodeBelow(endOffset)));
        if (seals) {
            forced.add(segment.file());
            sealedSegments.add(segment);
        }
    }

    void addForced(Segment segment) {
        use(segment);
        forced.add(segment.file());
    }

    private void use(Segment segment) {
        segment.used();
        used.add(segment);
    }

    void addEpochs(List<LeaderEpochs.Entry> newEpochs, ByteBuffer content) {
        epochs = newEpochs;
        files.add(new NamedFile(LeaderEpochCheckpoint.NAME, content));
    }

    void addSnapshot(long offset, ByteBuffer content) {
        snapshotOffset = offset;
        String path = SegmentNames.of(directory, offset, SegmentNames.SNAPSHOT);
        files.add(new NamedFile(path.substring(directory.length() + 1), content));
    }

    /// Durable up to here once the job has run.
    long recoveryPoint() {
        return recoveryPoint;
    }

    /// What the epoch file holds once the job has run.
    List<LeaderEpochs.Entry> epochs() {
        return epochs;
    }

    /// The names that are durable once the job has run and had work.
    LogSync.Names names() {
        return names;
    }

    /// False when everything that is to be told is durable already, and nothing is to be written.
    boolean hasWork() {
        return !forced.isEmpty() || hasFiles();
    }

    private boolean hasFiles() {
        return !indexes.isEmpty() || !files.isEmpty();
    }

    List<Segment> sealedSegments() {
        return sealedSegments;
    }

    /// The offset of the snapshot it writes, -1 when it writes none.
    long snapshotOffset() {
        return snapshotOffset;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        if (!hasWork()) {
            return;
        }
        for (String path : paths) {
            storage.forceClosed(path);
        }
        for (SegmentFile file : forced) {
            file.force();
        }
        for (String name : directoriesToForce()) {
            storage.forceDirectory(name);
        }
        runForced();
    }

    @Override
    public List<SegmentFile> filesToForce() {
        return forced;
    }

    @Override
    public List<String> pathsToForce() {
        return hasWork() ? paths : List.of();
    }

    /// Without files of its own to name, the job has nothing to do behind the names that are there.
    @Override
    public List<String> directoriesToForce() {
        if (!hasWork()) {
            return List.of();
        }
        List<String> directories = new ArrayList<>(2);
        if (names.arePending() && !hasFiles()) {
            directories.add(directory);
        }
        if (!names.isParentDurable()) {
            directories.add(PartitionLog.LOG_DIRECTORY);
        }
        return directories;
    }

    @Override
    public void giveUp() {
        // Nothing was begun.
    }

    @Override
    public void runForced() throws StorageFault {
        if (!hasWork()) {
            return;
        }
        for (Segment segment : sealedSegments) {
            segment.file().trim();
        }
        for (IndexPair pair : indexes) {
            IndexFiles.write(storage, directory, pair.baseOffset(), pair.offsets(), pair.times());
        }
        for (NamedFile file : files) {
            AtomicFile.replaceUnforced(storage, directory, file.name(), file.content());
        }
        if (hasFiles()) {
            storage.forceDirectory(directory);
        }
        if (snapshotOffset >= 0) {
            deleteOldSnapshots();
        }
    }

    /// A snapshot above the durable end may be worth nothing after a crash: the newest one below it stays, one more
    /// in case that is damaged, and all that are newer.
    private void deleteOldSnapshots() throws StorageFault {
        long surviving = -1;
        long spare = -1;
        List<String> snapshots = new ArrayList<>();
        for (String name : storage.list(directory)) {
            long offset = SegmentNames.offsetOf(name, SegmentNames.SNAPSHOT);
            if (offset >= 0) {
                snapshots.add(name);
                if (offset <= recoveryPoint) {
                    spare = surviving;
                    surviving = offset;
                }
            }
        }
        for (String name : snapshots) {
            if (SegmentNames.offsetOf(name, SegmentNames.SNAPSHOT) < spare) {
                storage.delete(directory + "/" + name);
            }
        }
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        used.forEach(Segment::unused);
        completion.done(this, fault);
    }
}
