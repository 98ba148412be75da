package io.meridian.log.segment;

import io.meridian.log.checkpoint.AtomicFile;
import io.meridian.log.checkpoint.CheckpointResult;
import io.meridian.log.checkpoint.LeaderEpochCheckpoint;
import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.state.ProducerSnapshot;
import io.meridian.log.state.ProducerStates;
import io.meridian.log.storage.StorageFault;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings back producer states and leader epochs: the newest usable files, then the headers of the batches behind
/// them.
final class StateReplay {
    private final RecoveryInput input;
    private final List<RecoveredSegment> segments;
    private final long endOffset;
    private final List<String> notes;
    private ProducerStates producers;
    private LeaderEpochs epochs = new LeaderEpochs();
    private long snapshotOffset = -1;
    private long replayedBytes;
    private List<LeaderEpochs.Entry> persistedEpochs = List.of();

    StateReplay(RecoveryInput input, List<RecoveredSegment> segments, long endOffset, List<String> notes) {
        this.input = input;
        this.segments = segments;
        this.endOffset = endOffset;
        this.notes = notes;
        this.producers = new ProducerStates(segments.getFirst().baseOffset() == 0);
    }

    void run(List<String> names) throws StorageFault {
        long firstOffset = segments.getFirst().baseOffset();
        long producersFrom = loadSnapshot(names, firstOffset);
        long epochsFrom = loadEpochs(firstOffset);
        long from = Math.min(producersFrom, epochsFrom);
        for (RecoveredSegment segment : segments) {
            if (segment.endOffset() > from) {
                replay(segment, from, producersFrom);
            }
        }
        epochs.truncateTo(endOffset);
    }

    private long loadSnapshot(List<String> names, long firstOffset) throws StorageFault {
        for (int index = names.size() - 1; index >= 0; index--) {
            long offset = SegmentNames.offsetOf(names.get(index), SegmentNames.SNAPSHOT);
            if (offset >= firstOffset && offset <= endOffset) {
                ProducerStates loaded = decode(names.get(index));
                if (loaded != null) {
                    producers = loaded;
                    snapshotOffset = offset;
                    return offset;
                }
                notes.add(names.get(index) + " is damaged and was not used");
            }
        }
        return firstOffset;
    }

    private @Nullable ProducerStates decode(String name) throws StorageFault {
        ByteBuffer content = AtomicFile.read(input.storage(), input.directory(), name);
        return content == null ? null : ProducerSnapshot.decode(content, input.nowMs());
    }

    private long loadEpochs(long firstOffset) throws StorageFault {
        return switch (LeaderEpochCheckpoint.read(input.storage(), input.directory())) {
            case CheckpointResult.Content<List<LeaderEpochs.Entry>> content -> {
                epochs = new LeaderEpochs(content.value());
                persistedEpochs = content.value();
                epochs.truncateTo(endOffset);
                if (content.value().isEmpty()) {
                    // Of a small log the file need not say anything.
                    yield firstOffset;
                }
                yield input.isClean() ? endOffset : Math.min(endOffset, input.recoveryPoint());
            }
            case CheckpointResult.Missing<List<LeaderEpochs.Entry>> ignored -> firstOffset;
            case CheckpointResult.Damaged<List<LeaderEpochs.Entry>> damaged -> {
                notes.add(damaged.reason() + "; rebuilt from the batches");
                yield firstOffset;
            }
        };
    }

    private void replay(RecoveredSegment segment, long from, long producersFrom) throws StorageFault {
        IndexBuilder indexes = segment.indexes();
        if (indexes == null && from > segment.baseOffset()) {
            indexes = IndexFiles.load(
                    input.storage(), input.directory(), segment.baseOffset(), segment.sizeBytes(), segment.endOffset());
        }
        long start = indexes == null ? 0 : indexes.offsets().positionFloor(from);
        BatchScanner scanner = new BatchScanner(segment.file(), start, segment.sizeBytes(), true);
        BatchScanner.Step step = scanner.next();
        while (step == BatchScanner.Step.BATCH || step == BatchScanner.Step.BAD_CRC) {
            RecordBatchView batch = scanner.batch();
            if (step == BatchScanner.Step.BAD_CRC) {
                producers.somebodyIsMissing();
            } else if (batch.lastOffset() >= from) {
                replayedBytes += batch.sizeBytes();
                epochs.assign(batch.partitionLeaderEpoch(), batch.baseOffset());
                if (batch.lastOffset() >= producersFrom) {
                    producers.apply(batch, batch.baseOffset(), input.nowMs());
                }
            }
            step = scanner.next();
        }
    }

    ProducerStates producers() {
        return producers;
    }

    /// The offset of the snapshot that was used, -1 when none was.
    long snapshotOffset() {
        return snapshotOffset;
    }

    /// What the epoch file holds.
    List<LeaderEpochs.Entry> persistedEpochs() {
        return persistedEpochs;
    }

    LeaderEpochs epochs() {
        return epochs;
    }

    /// Bytes of the batches that were taken in.
    long replayedBytes() {
        return replayedBytes;
    }
}
