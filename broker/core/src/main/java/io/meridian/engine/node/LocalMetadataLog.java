package io.meridian.engine.node;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.base.Uuid;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.metadata.MetadataLog;
import io.meridian.engine.metadata.MetadataRecord;
import io.meridian.engine.metadata.MetadataRecordCodec;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.replication.LogFlusher;
import io.meridian.log.AppendOrigin;
import io.meridian.log.AppendOutcome;
import io.meridian.log.LogConfig;
import io.meridian.log.LogIdentity;
import io.meridian.log.LogListener;
import io.meridian.log.OpenPoint;
import io.meridian.log.OpenResult;
import io.meridian.log.PartitionLog;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.wire.Lease;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The metadata log of a broker that is alone: `__cluster_metadata-0` in the log directory, one record batch per
/// entry, the term as the batch's leader epoch. An entry counts once its batch is synced.
///
/// Nobody else can propose, so an entry that was appended is never dropped. The log keeps every entry from the first
/// one on and asks for no snapshots: one start adds a few bytes per partition.
final class LocalMetadataLog implements MetadataLog, LogListener {
    static final LogIdentity IDENTITY = new LogIdentity(TopicNameRule.CLUSTER_METADATA, new Uuid(0L, 1L), 0);

    private record Entry(long lastOffset, int term, List<MetadataRecord> batch) {}

    private final LogStorage storage;
    private final OpenPoint openPoint;
    private final Now openedAt;
    private final LogFlusher flusher;
    private final Effects effects;
    private final Deque<Entry> undelivered = new ArrayDeque<>();
    private @Nullable Listener listener;
    private @Nullable PartitionLog log;
    private int term;

    LocalMetadataLog(LogStorage storage, OpenPoint openPoint, Now openedAt, LogFlusher flusher, Effects effects) {
        this.storage = storage;
        this.openPoint = openPoint;
        this.openedAt = openedAt;
        this.flusher = flusher;
        this.effects = effects;
    }

    /// The log once it is open; null before.
    @Nullable
    PartitionLog log() {
        return log;
    }

    @Override
    public void start(Listener newListener) {
        Invariant.check(listener == null, "the metadata log is started twice");
        listener = newListener;
        effects.add(new Effect.Store(PartitionLog.open(
                storage, IDENTITY, LogConfig.DEFAULT, openPoint, openedAt, result -> opened(newListener, result))));
    }

    private void opened(Listener to, OpenResult result) {
        switch (result) {
            case OpenResult.Opened(PartitionLog opened, var _) -> {
                log = opened;
                opened.onEvents(this);
                opened.advanceHighWatermark(opened.syncedEndOffset());
                effects.add(new Effect.Store(new MetadataReplay(opened, outcome -> replayed(to, opened, outcome))));
            }
            case OpenResult.Damaged(String reason) -> to.failed("the metadata log is damaged: " + reason);
            case OpenResult.Faulted(StorageFault fault) ->
                to.failed("the metadata log cannot be opened: " + fault.getMessage());
        }
    }

    private void replayed(Listener to, PartitionLog opened, MetadataReplay.Outcome outcome) {
        switch (outcome) {
            case MetadataReplay.Outcome.Failed(String reason) -> to.failed(reason);
            case MetadataReplay.Outcome.Replayed(List<MetadataReplay.Entry> entries) -> {
                for (MetadataReplay.Entry entry : entries) {
                    to.committed(entry.lastOffset(), entry.term(), entry.batch());
                }
                term = Math.max(0, opened.latestEpoch()) + 1;
                to.active(term);
            }
        }
    }

    @Override
    public void propose(int proposerTerm, long baseOffset, List<MetadataRecord> batch, Now now) {
        PartitionLog open = Invariant.present(log, "a proposal came before the metadata log was open");
        Listener to = Invariant.present(listener, "a proposal came before the start");
        Invariant.check(!batch.isEmpty(), "a proposal without records");
        if (proposerTerm != term || baseOffset != open.logEndOffset() - 1) {
            effects.add(new Effect.Store(new Later(() -> to.dropped(proposerTerm, baseOffset))));
            return;
        }
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (MetadataRecord record : batch) {
            builder.append(now.wallMs(), (ByteBuffer) null, MetadataRecordCodec.encode(record));
        }
        AppendOutcome outcome = open.append(builder.build(), AppendOrigin.COORDINATOR, term, now, Lease.UNCOUNTED);
        if (outcome instanceof AppendOutcome.Appended(long _, long lastOffset, long _)) {
            undelivered.add(new Entry(lastOffset, term, batch));
            flusher.appended(open);
        } else {
            effects.add(new Effect.Store(new Later(() -> to.failed("the metadata log refuses a batch: " + outcome))));
        }
    }

    @Override
    public void snapshotTaken(Snapshot snapshot) {
        // Every entry is kept, so a snapshot would stand for nothing.
    }

    @Override
    public void close() {
        listener = null;
    }

    @Override
    public void written() {}

    @Override
    public void synced() {
        PartitionLog open = Invariant.present(log, "a log that is not open was synced");
        if (open.syncedEndOffset() > open.highWatermark()) {
            open.advanceHighWatermark(open.syncedEndOffset());
        }
        while (listener != null
                && !undelivered.isEmpty()
                && undelivered.peekFirst().lastOffset() < open.highWatermark()) {
            Entry entry = undelivered.removeFirst();
            listener.committed(entry.lastOffset(), entry.term(), entry.batch());
        }
    }

    @Override
    public void faulted(StorageFault fault) {
        if (listener != null) {
            listener.failed("the metadata log cannot be written: " + fault.getMessage());
        }
    }

    /// Calls back after the caller has returned.
    private static final class Later extends StorageJob {
        private final Runnable callback;

        Later(Runnable callback) {
            this.callback = callback;
        }

        @Override
        public Lane lane() {
            return Lane.LOOP;
        }

        @Override
        public void run() {}

        @Override
        public void complete(@Nullable StorageFault fault, Now now) {
            callback.run();
        }
    }
}
