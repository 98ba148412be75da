package io.meridian.log.segment;

import io.meridian.base.Uuid;
import io.meridian.log.checkpoint.AtomicFile;
import io.meridian.log.checkpoint.CheckpointResult;
import io.meridian.log.checkpoint.LeaderEpochCheckpoint;
import io.meridian.log.checkpoint.PartitionMetadataFile;
import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.state.ProducerStates;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens the files of one log: creates them, believes them after a clean close, or brings them back after a crash.
///
/// After a crash every batch from the recovery point on is checked and the log is cut before the first that is not
/// whole. Below the recovery point nothing is ever cut: what is missing there is damage, and then nothing is
/// changed. What is kept is durable before the result says so: bytes that were only in the page cache must not be
/// served and lost with the next power cut. Indexes, producer states and epochs are rebuilt where their files are
/// missing or wrong.
public final class LogRecovery {
    private final RecoveryInput input;
    private final LogStorage storage;
    private final String directory;
    private final List<String> notes = new ArrayList<>();
    private final List<String> keptFiles = new ArrayList<>();
    private final List<SegmentSurvey> surveys = new ArrayList<>();
    private final List<SegmentFile> opened = new ArrayList<>();
    private long scannedBytes;
    private final List<Long> superseded = new ArrayList<>();
    private long logStartOffset;
    private long cutBytes;

    public LogRecovery(RecoveryInput input) {
        this.input = input;
        this.storage = input.storage();
        this.directory = input.directory();
    }

    public RecoveryOutcome run() throws StorageFault {
        boolean isDone = false;
        try {
            RecoveryOutcome outcome = recover();
            isDone = outcome instanceof RecoveryOutcome.Recovered;
            return outcome;
        } finally {
            if (!isDone) {
                for (SegmentFile file : opened) {
                    file.close();
                }
            }
        }
    }

    private RecoveryOutcome recover() throws StorageFault {
        boolean isNothingKnown = input.recoveryPoint() == 0 && input.logStartOffset() <= 0;
        if (!storage.exists(directory)) {
            return input.mayCreate() && isNothingKnown
                    ? create(true, 0)
                    : new RecoveryOutcome.Damaged("the directory " + directory + " is missing, expected a log up to"
                            + " recovery point " + input.recoveryPoint());
        }
        String strange = checkTopicId();
        if (strange != null) {
            return new RecoveryOutcome.Damaged(strange);
        }
        List<Long> bases = new ArrayList<>();
        for (String name : storage.list(directory)) {
            long base = SegmentNames.offsetOf(name, SegmentNames.LOG);
            if (base >= 0) {
                bases.add(base);
            }
        }
        logStartOffset = input.logStartOffset() >= 0 ? input.logStartOffset() : bases.isEmpty() ? 0 : bases.getFirst();
        boolean isStartEnough = input.recoveryPoint() <= logStartOffset;
        if (bases.isEmpty()) {
            return isStartEnough
                    ? create(false, logStartOffset)
                    : new RecoveryOutcome.Damaged(directory + " holds no segment, expected a log up to recovery point "
                            + input.recoveryPoint());
        }
        if (bases.getFirst() > logStartOffset) {
            String hole = directory + ": offsets " + logStartOffset + " to " + (bases.getFirst() - 1)
                    + " are missing before the first segment";
            return isStartEnough
                    ? startOver(bases, hole)
                    : new RecoveryOutcome.Damaged(
                            hole + ", expected everything below recovery point " + input.recoveryPoint());
        }
        String damage = survey(bases);
        if (damage != null) {
            return new RecoveryOutcome.Damaged(damage);
        }
        long endOffset = surveys.getLast().endOffset();
        if (endOffset < logStartOffset) {
            // What is left was deleted; records behind it were acknowledged without a sync and are gone.
            for (SegmentFile file : opened) {
                file.close();
            }
            opened.clear();
            return startOver(bases, directory + " ends at offset " + endOffset + ", below its start " + logStartOffset);
        }
        return settle(bases);
    }

    /// Nothing is left of what the log has to keep, or the first segment is gone. It never was durable then, and
    /// what follows it cannot be kept without it: producers would be refused their own retries.
    private RecoveryOutcome startOver(List<Long> bases, String reason) throws StorageFault {
        notes.add("cut: " + reason);
        tidy();
        for (long base : bases) {
            if (base < logStartOffset) {
                deleteSegment(base);
            } else {
                setAside(base);
            }
        }
        dropSnapshotsAbove(-1);
        storage.delete(directory + "/" + LeaderEpochCheckpoint.NAME);
        return create(false, logStartOffset);
    }

    private @Nullable String checkTopicId() throws StorageFault {
        return switch (PartitionMetadataFile.read(storage, directory)) {
            case CheckpointResult.Content<Uuid> content ->
                content.value().equals(input.topicId())
                        ? null
                        : directory + "/" + PartitionMetadataFile.NAME + ": expected topic id " + input.topicId()
                                + ", found " + content.value();
            case CheckpointResult.Missing<Uuid> ignored -> null;
            case CheckpointResult.Damaged<Uuid> damaged -> {
                notes.add(damaged.reason() + "; rewritten");
                yield null;
            }
        };
    }

    private RecoveryOutcome create(boolean isDirectoryNew, long baseOffset) throws StorageFault {
        if (isDirectoryNew) {
            storage.createDirectory(directory);
        }
        String metadataPath = directory + "/" + PartitionMetadataFile.NAME;
        writeIdentity(metadataPath, isDirectoryNew);
        SegmentFile file = storage.create(SegmentNames.of(directory, baseOffset, SegmentNames.LOG));
        opened.add(file);
        if (baseOffset > 0) {
            // The end of this log counts as its recovery point. No older file may come back below it.
            storage.forceClosed(metadataPath);
            storage.forceDirectory(directory);
            storage.forceDirectory("");
        }
        RecoveredSegment segment = new RecoveredSegment(
                baseOffset, file, 0, baseOffset, -1, -1, baseOffset, new IndexBuilder(baseOffset), List.of(), false);
        return new RecoveryOutcome.Recovered(new RecoveredLog(
                List.of(segment),
                baseOffset,
                baseOffset,
                new ProducerStates(baseOffset == 0),
                new LeaderEpochs(),
                baseOffset == 0 ? 0 : -1,
                List.of(),
                baseOffset == 0,
                baseOffset > 0 ? List.of() : List.of(metadataPath),
                0,
                new RecoveryReport(true, 0, cutBytes, List.copyOf(keptFiles), List.copyOf(notes))));
    }

    /// The file is not kept open: a node with thousands of logs has better use for the descriptors.
    private void writeIdentity(String path, boolean isDirectoryNew) throws StorageFault {
        if (!isDirectoryNew) {
            storage.delete(path);
        }
        SegmentFile file = storage.create(path);
        try {
            file.write(0, PartitionMetadataFile.encode(input.topicId()));
        } finally {
            file.close();
        }
    }

    /// Looks at every segment and changes nothing; what is damaged, or null. Segments behind a cut are not looked
    /// at.
    ///
    /// Segments wholly below the log start offset are kept as long as they are whole, because their producers may
    /// be known from them alone. Those up to one that is not whole, a deletion had begun to remove; `bases` loses
    /// them.
    private @Nullable String survey(List<Long> bases) throws StorageFault {
        int index = -1;
        while (++index < bases.size()) {
            long base = bases.get(index);
            long nextBase = index + 1 < bases.size() ? bases.get(index + 1) : Long.MAX_VALUE;
            SegmentFile file = storage.open(SegmentNames.of(directory, base, SegmentNames.LOG));
            opened.add(file);
            int leaderEpoch = surveys.isEmpty() ? -1 : surveys.getLast().leaderEpoch();
            SegmentSurvey survey = new SegmentSurvey(input, base, nextBase, file, leaderEpoch);
            surveys.add(survey);
            boolean isBelow = input.isClean() || (nextBase != Long.MAX_VALUE && nextBase <= input.recoveryPoint());
            if (isBelow) {
                survey.skim();
            } else {
                survey.scan(input.recoveryPoint());
                scannedBytes += survey.scannedBytes();
            }
            notes.addAll(survey.notes());
            boolean isWhole = survey.damage() == null && survey.cutReason() == null && !hasHole(survey, nextBase);
            if (nextBase <= logStartOffset && !isWhole) {
                giveUpTo(index, bases);
                index = -1;
                continue;
            }
            if (survey.damage() != null) {
                return survey.damage();
            }
            if (survey.cutReason() != null) {
                notes.add("cut: " + survey.cutReason());
                break;
            }
            if (hasHole(survey, nextBase)) {
                String hole = directory + ": offsets " + survey.endOffset() + " to " + (nextBase - 1)
                        + " are missing before segment " + nextBase;
                if (input.isClean() || survey.endOffset() < input.recoveryPoint()) {
                    return hole + ", expected everything below recovery point " + input.recoveryPoint();
                }
                notes.add("cut: " + hole);
                break;
            }
        }
        long endOffset = surveys.getLast().endOffset();
        return endOffset >= input.recoveryPoint()
                ? null
                : directory + " ends at offset " + endOffset + ", expected everything below recovery point "
                        + input.recoveryPoint();
    }

    private boolean hasHole(SegmentSurvey survey, long nextBase) {
        return nextBase != Long.MAX_VALUE && !input.allowsGaps() && survey.endOffset() != nextBase;
    }

    private void giveUpTo(int index, List<Long> bases) throws StorageFault {
        for (SegmentSurvey survey : surveys) {
            survey.file().close();
            opened.remove(survey.file());
        }
        surveys.clear();
        List<Long> first = bases.subList(0, index + 1);
        superseded.addAll(first);
        first.clear();
    }

    /// Changes the directory to what the survey found good.
    private RecoveryOutcome settle(List<Long> bases) throws StorageFault {
        tidy();
        SegmentSurvey last = surveys.getLast();
        long endOffset = last.endOffset();
        for (SegmentSurvey survey : surveys) {
            cutTail(survey);
        }
        for (int index = surveys.size(); index < bases.size(); index++) {
            setAside(bases.get(index));
        }
        dropSnapshotsAbove(endOffset);
        boolean isEmpty = endOffset == 0 && cutBytes == 0;
        List<RecoveredSegment> segments = new ArrayList<>();
        for (SegmentSurvey survey : surveys) {
            segments.add(settle(survey, survey == last));
        }
        StateReplay replay = new StateReplay(input, segments, endOffset, notes);
        replay.run(storage.list(directory));
        if (!storage.exists(directory + "/" + PartitionMetadataFile.NAME)) {
            ByteBuffer content = PartitionMetadataFile.encode(input.topicId());
            AtomicFile.replaceUnforced(storage, directory, PartitionMetadataFile.NAME, content);
        }
        if (!input.isClean()) {
            if (areEpochsDue(replay)) {
                AtomicFile.replaceUnforced(
                        storage,
                        directory,
                        LeaderEpochCheckpoint.NAME,
                        LeaderEpochCheckpoint.encode(replay.epochs().entries()));
            }
            if (!isEmpty) {
                storage.forceDirectory(directory);
            }
            if (!isEmpty && input.recoveryPoint() == 0) {
                storage.forceDirectory("");
            }
        }
        return new RecoveryOutcome.Recovered(new RecoveredLog(
                List.copyOf(segments),
                logStartOffset,
                endOffset,
                replay.producers(),
                replay.epochs(),
                replay.snapshotOffset(),
                input.isClean() || !areEpochsDue(replay)
                        ? replay.persistedEpochs()
                        : replay.epochs().entries(),
                isEmpty,
                isEmpty ? List.of(directory + "/" + PartitionMetadataFile.NAME) : List.of(),
                replay.replayedBytes(),
                new RecoveryReport(false, scannedBytes, cutBytes, List.copyOf(keptFiles), List.copyOf(notes))));
    }

    /// A small log that is whole tells its epochs itself, as long as no file says otherwise.
    private boolean areEpochsDue(StateReplay replay) {
        boolean isToldByBatches = replay.persistedEpochs().isEmpty()
                && surveys.size() == 1
                && surveys.getFirst().baseOffset() == 0
                && surveys.getFirst().endPosition() <= RecoveredLog.REPLAYED_GLADLY_BYTES;
        return !isToldByBatches && !replay.epochs().entries().equals(replay.persistedEpochs());
    }

    private void cutTail(SegmentSurvey survey) throws StorageFault {
        if (survey.isRoomBehind()) {
            survey.file().truncate(survey.endPosition());
        } else if (survey.sizeBytes() > survey.endPosition()) {
            cutBytes += survey.sizeBytes() - survey.endPosition();
            String kept = new CutTail(storage, survey.file(), survey.endPosition(), survey.endOffset()).cut();
            if (kept != null) {
                keptFiles.add(kept);
            }
        }
    }

    private RecoveredSegment settle(SegmentSurvey survey, boolean isActive) throws StorageFault {
        boolean isScanned = !input.isClean() && survey.endOffset() > input.recoveryPoint();
        if (isScanned) {
            survey.writeAgain();
        }
        if (isScanned || (isActive && !input.isClean() && survey.sizeBytes() > 0)) {
            survey.file().force();
        }
        if (isActive) {
            return survey.recovered(true, isScanned, false);
        }
        survey.indexes().seal();
        if (!survey.areIndexesWhole() || isScanned) {
            IndexFiles.write(
                    storage,
                    directory,
                    survey.baseOffset(),
                    survey.indexes().offsets().encodeBelow(survey.endOffset()),
                    survey.indexes().times().encodeBelow(survey.endOffset()));
        }
        return survey.recovered(false, isScanned, true);
    }

    /// Removes what a crash left half-written, and the segments of which the log start offset says that they are
    /// gone. Names that are not ours stay.
    private void tidy() throws StorageFault {
        for (long base : superseded) {
            deleteSegment(base);
            notes.add("removed segment " + base + ", below log start offset " + logStartOffset);
        }
        for (String name : storage.list(directory)) {
            if (name.endsWith(AtomicFile.TEMPORARY)
                    || name.endsWith(".cleaned")
                    || name.endsWith(".deleted")
                    || name.endsWith(".swap")) {
                storage.delete(directory + "/" + name);
                notes.add("removed " + name);
            }
        }
    }

    private void deleteSegment(long base) throws StorageFault {
        storage.delete(SegmentNames.of(directory, base, SegmentNames.INDEX));
        storage.delete(SegmentNames.of(directory, base, SegmentNames.TIME_INDEX));
        storage.delete(SegmentNames.of(directory, base, SegmentNames.LOG));
    }

    private void setAside(long base) throws StorageFault {
        String path = SegmentNames.of(directory, base, SegmentNames.LOG);
        SegmentFile file = storage.open(path);
        long size = file.sizeBytes();
        file.close();
        cutBytes += size;
        if (size > 0) {
            String kept = CutTail.freeName(storage, path, 0);
            storage.rename(path, kept);
            keptFiles.add(kept);
        } else {
            storage.delete(path);
        }
        storage.delete(SegmentNames.of(directory, base, SegmentNames.INDEX));
        storage.delete(SegmentNames.of(directory, base, SegmentNames.TIME_INDEX));
    }

    private void dropSnapshotsAbove(long endOffset) throws StorageFault {
        for (String name : storage.list(directory)) {
            if (SegmentNames.offsetOf(name, SegmentNames.SNAPSHOT) > endOffset) {
                storage.delete(directory + "/" + name);
            }
        }
    }
}
