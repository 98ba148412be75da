package io.meridian.engine.replication;

import io.meridian.base.Now;
import io.meridian.engine.coordinator.CoordinatorLog;
import io.meridian.engine.coordinator.CoordinatorRecord;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.log.AppendOrigin;
import io.meridian.log.AppendOutcome;
import io.meridian.log.LogReplay;
import io.meridian.log.PartitionLog;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.record.Compression;
import io.meridian.protocol.record.Inflation;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.record.RecordCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A partition of this node as the log of a state machine.
public final class ReplicaRecords implements CoordinatorLog {
    /// A batch is closed at this size, so that none outgrows what replicas and readers take at once.
    private static final int BATCH_BYTES = 512 * 1024;
    /// What one job reads, so that a long log does not hold up the other work of the loop when it is replayed.
    private static final int PIECE_BYTES = 1024 * 1024;

    private static final int INFLATED_BYTES_MAX = 64 * PIECE_BYTES;

    private final PartitionReplica replica;
    private final Effects effects;

    public ReplicaRecords(PartitionReplica replica, Effects effects) {
        this.replica = replica;
        this.effects = effects;
    }

    @Override
    public void read(Reader reader) {
        PartitionLog log = replica.log();
        if (log == null) {
            reader.failed(replica.name() + " does not serve");
        } else {
            effects.add(new Effect.Store(new ReadJob(log.replay(), log.logStartOffset(), reader)));
        }
    }

    @Override
    public boolean hasRoom() {
        PartitionLog log = replica.log();
        return log != null && replica.checkSpace(log, AppendOrigin.COORDINATOR) == ErrorCode.NONE;
    }

    @Override
    public boolean append(List<CoordinatorRecord> records, Now now) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (CoordinatorRecord record : records) {
            boolean isFull = builder.recordCount() > 0 && builder.recordBytes() + record.sizeBytes() > BATCH_BYTES;
            if (isFull) {
                if (!append(builder, now)) {
                    return false;
                }
                builder = new RecordBatchBuilder();
            }
            builder.append(now.wallMs(), record.key(), record.value());
        }
        return append(builder, now);
    }

    private boolean append(RecordBatchBuilder builder, Now now) {
        return replica.appendOwn(builder.build(), now) instanceof AppendOutcome.Appended;
    }

    @Override
    public long logEndOffset() {
        PartitionLog log = replica.log();
        return log == null ? Long.MAX_VALUE : log.logEndOffset();
    }

    @Override
    public long highWatermark() {
        PartitionLog log = replica.log();
        return log == null ? -1L : log.highWatermark();
    }

    /// Reads one piece; then the next.
    private final class ReadJob extends StorageJob {
        private final LogReplay replay;
        private final long fromOffset;
        private final Reader reader;
        private final List<CoordinatorRecord> records = new ArrayList<>();
        private boolean isAtEnd;

        ReadJob(LogReplay replay, long fromOffset, Reader reader) {
            this.replay = replay;
            this.fromOffset = fromOffset;
            this.reader = reader;
        }

        @Override
        public Lane lane() {
            return Lane.DISK;
        }

        @Override
        public void run() throws StorageFault {
            int bytes = 0;
            while (bytes < PIECE_BYTES) {
                RecordBatchView batch = replay.next();
                if (batch == null) {
                    isAtEnd = true;
                    return;
                }
                bytes += batch.sizeBytes();
                if (batch.lastOffset() >= fromOffset && !batch.isControl()) {
                    take(batch);
                }
            }
        }

        private void take(RecordBatchView batch) throws StorageFault {
            RecordCursor cursor = cursor(batch);
            while (cursor.next() == RecordCursor.Step.RECORD) {
                ByteBuffer key = cursor.key();
                boolean isKept = batch.baseOffset() + cursor.offsetDelta() >= fromOffset;
                if (key != null && isKept) {
                    records.add(new CoordinatorRecord(key, cursor.value()));
                }
            }
            if (!cursor.problem().isEmpty()) {
                throw damaged(batch, cursor.problem());
            }
        }

        /// Batches of ours are not compressed; those of a directory that was taken over may be.
        private RecordCursor cursor(RecordBatchView batch) throws StorageFault {
            Compression codec = batch.compression();
            if (codec == Compression.NONE) {
                return RecordCursor.over(batch);
            }
            if (codec == null) {
                throw damaged(batch, "unknown codec " + batch.compressionCode());
            }
            return switch (codec.inflate(batch.recordBytes(), INFLATED_BYTES_MAX)) {
                case Inflation.Inflated(ByteBuffer inflated) -> new RecordCursor(inflated, batch.recordCount());
                case Inflation.Failed(String reason) -> throw damaged(batch, reason);
            };
        }

        private StorageFault damaged(RecordBatchView batch, String problem) {
            return new StorageFault(
                    StorageFault.Kind.CORRUPT,
                    replica.name(),
                    "the batch at offset " + batch.baseOffset() + " cannot be read: " + problem);
        }

        @Override
        public void complete(@Nullable StorageFault fault, Now now) {
            if (fault != null) {
                reader.failed(String.valueOf(fault.getMessage()));
                return;
            }
            reader.records(records);
            if (isAtEnd) {
                reader.end(now);
            } else {
                effects.add(new Effect.Store(new ReadJob(replay, fromOffset, reader)));
            }
        }
    }
}
