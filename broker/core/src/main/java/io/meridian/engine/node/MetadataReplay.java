package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.engine.metadata.MetadataRecord;
import io.meridian.engine.metadata.MetadataRecordCodec;
import io.meridian.log.LogReplay;
import io.meridian.log.PartitionLog;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.record.RecordCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads every entry of the metadata log, oldest first, on a disk thread.
final class MetadataReplay extends StorageJob {
    /// One batch as it was proposed.
    record Entry(long lastOffset, int term, List<MetadataRecord> batch) {}

    sealed interface Outcome {
        record Replayed(List<Entry> entries) implements Outcome {}

        record Failed(String reason) implements Outcome {}
    }

    private final LogReplay replay;
    private final Consumer<Outcome> whenDone;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String failure;

    MetadataReplay(PartitionLog log, Consumer<Outcome> whenDone) {
        this.replay = log.replay();
        this.whenDone = whenDone;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        RecordBatchView batch = replay.next();
        while (batch != null && failure == null) {
            entries.add(new Entry(batch.lastOffset(), batch.partitionLeaderEpoch(), records(batch)));
            batch = replay.next();
        }
    }

    private List<MetadataRecord> records(RecordBatchView batch) {
        List<MetadataRecord> records = new ArrayList<>();
        RecordCursor cursor = RecordCursor.over(batch);
        while (cursor.next() == RecordCursor.Step.RECORD) {
            ByteBuffer value = cursor.value();
            if (value == null) {
                failure = "a metadata record at offset " + batch.baseOffset() + " has no value";
                return records;
            }
            switch (MetadataRecordCodec.decode(value)) {
                case MetadataRecordCodec.Decoded.Value(MetadataRecord record) -> records.add(record);
                case MetadataRecordCodec.Decoded.Newer(String detail) -> failure = detail;
                case MetadataRecordCodec.Decoded.Damaged(String detail) ->
                    failure =
                            "the metadata log is damaged in the batch at offset " + batch.baseOffset() + ": " + detail;
            }
        }
        if (!cursor.problem().isEmpty()) {
            failure = "the metadata log is damaged in the batch at offset " + batch.baseOffset() + ": "
                    + cursor.problem();
        }
        return records;
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        if (fault != null) {
            whenDone.accept(new Outcome.Failed("the metadata log cannot be read: " + fault.getMessage()));
        } else if (failure != null) {
            whenDone.accept(new Outcome.Failed(failure));
        } else {
            whenDone.accept(new Outcome.Replayed(entries));
        }
    }
}
