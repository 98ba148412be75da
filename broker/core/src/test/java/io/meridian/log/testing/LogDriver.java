package io.meridian.log.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Now;
import io.meridian.base.Uuid;
import io.meridian.log.AppendOrigin;
import io.meridian.log.AppendOutcome;
import io.meridian.log.LogConfig;
import io.meridian.log.LogIdentity;
import io.meridian.log.LogListener;
import io.meridian.log.LookupOutcome;
import io.meridian.log.OffsetLookup;
import io.meridian.log.OpenPoint;
import io.meridian.log.OpenResult;
import io.meridian.log.PartitionLog;
import io.meridian.log.ReadBound;
import io.meridian.log.ReadOutcome;
import io.meridian.log.SyncTarget;
import io.meridian.log.segment.ReadMemory;
import io.meridian.log.segment.RecoveryReport;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.record.RecordBatchView;
import io.meridian.protocol.record.RecordCursor;
import io.meridian.protocol.wire.Lease;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs one log as a loop would, every job at once.
public final class LogDriver {
    public static final LogIdentity ORDERS = new LogIdentity("orders", new Uuid(1, 2), 0);
    public static final long START_MS = 1_700_000_000_000L;

    /// Counts what a batch's memory is held for.
    public static final class CountedLease implements Lease {
        private int held;

        @Override
        public void retain() {
            held++;
        }

        @Override
        public void release() {
            held--;
        }

        public int held() {
            return held;
        }
    }

    private final MemoryStorage storage;
    private final CountedLease lease = new CountedLease();
    private LogConfig config;
    private long hotBytes = 64 << 20;
    private Now now = new Now(START_MS, 0);
    private @Nullable PartitionLog log;
    private @Nullable RecoveryReport report;
    private @Nullable StorageFault fault;

    public LogDriver(MemoryStorage storage, LogConfig config) {
        this.storage = storage;
        this.config = config;
    }

    public LogDriver hotBytes(long bytes) {
        hotBytes = bytes;
        return this;
    }

    public LogDriver config(LogConfig newConfig) {
        config = newConfig;
        return this;
    }

    public PartitionLog log() {
        if (log == null) {
            throw new AssertionError("the log is not open");
        }
        return log;
    }

    public RecoveryReport report() {
        if (report == null) {
            throw new AssertionError("the log is not open");
        }
        return report;
    }

    public CountedLease lease() {
        return lease;
    }

    public @Nullable StorageFault fault() {
        return fault;
    }

    public Now now() {
        return now;
    }

    public void passMs(long ms) {
        now = new Now(now.wallMs() + ms, now.monotonicNs() + ms * Now.NANOS_PER_MILLI);
    }

    /// Opens the log, whatever the result.
    public OpenResult tryOpen(OpenPoint point) {
        List<OpenResult> results = new ArrayList<>();
        run(PartitionLog.open(storage, ORDERS, config, point, new ReadMemory(hotBytes), now, results::add));
        assertThat(results).hasSize(1);
        if (results.getFirst() instanceof OpenResult.Opened opened) {
            log = opened.log();
            report = opened.report();
            fault = null;
            opened.log().onEvents(new LogListener() {
                @Override
                public void written() {}

                @Override
                public void synced() {}

                @Override
                public void faulted(StorageFault found) {
                    fault = found;
                }
            });
        }
        return results.getFirst();
    }

    public LogDriver open(OpenPoint point) {
        OpenResult result = tryOpen(point);
        assertThat(result).isInstanceOf(OpenResult.Opened.class);
        return this;
    }

    public LogDriver openNew() {
        return open(OpenPoint.NEW);
    }

    /// Opens what a crash left, as a start without a clean marker does.
    public LogDriver recover(long recoveryPoint) {
        return open(new OpenPoint(recoveryPoint, 0, false, true));
    }

    public @Nullable StorageFault run(StorageJob job) {
        StorageFault found = null;
        try {
            job.run();
        } catch (StorageFault thrown) {
            found = thrown;
        }
        job.complete(found, now);
        return found;
    }

    public AppendOutcome append(ByteBuffer batch) {
        return log().append(batch, AppendOrigin.CLIENT, 0, now, lease);
    }

    /// Appends a batch with these values and writes it.
    public long appends(String... values) {
        AppendOutcome outcome = append(batch(values).build());
        write();
        assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
        return ((AppendOutcome.Appended) outcome).baseOffset();
    }

    public RecordBatchBuilder batch(String... values) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (String value : values) {
            builder.append(now.wallMs(), null, value.getBytes(StandardCharsets.UTF_8));
        }
        return builder;
    }

    public void write() {
        for (StorageJob job = log().nextJob(now); job != null; job = log().nextJob(now)) {
            run(job);
        }
    }

    public void sync() {
        SyncTarget target = log().syncTarget();
        if (target != null) {
            StorageFault found = null;
            try {
                target.force();
            } catch (StorageFault thrown) {
                found = thrown;
            }
            target.complete(found, now);
        }
        if (fault == null) {
            log().advanceHighWatermark(log().syncedEndOffset());
        }
    }

    public void maintain() {
        passMs(config.maintenanceIntervalMs() + 1);
        StorageJob job = log().maintenance(now);
        if (job != null) {
            run(job);
        }
    }

    /// Has the log begin at `offset`, as if a checkpoint named it, and removes what lies before.
    public void trim(long offset) {
        log().intendStart(offset);
        persistStart();
        remove();
    }

    /// As a checkpoint of what the log intends does; the start that it names.
    public long persistStart() {
        long offset = log().intendedStartOffset();
        log().startPersisted(offset);
        write();
        return offset;
    }

    /// Removes what can be removed; how many times something was.
    public int remove() {
        int removals = 0;
        for (StorageJob job = log().removal(); job != null; job = log().removal()) {
            run(job);
            removals++;
        }
        return removals;
    }

    public @Nullable StorageFault close() {
        List<@Nullable StorageFault> results = new ArrayList<>();
        run(log().close(results::add));
        return results.getFirst();
    }

    /// One read, cold jobs included.
    public ReadOutcome read(long offset, int maxBytes, ReadBound bound) {
        for (int attempt = 0; attempt < 10; attempt++) {
            ReadOutcome outcome = log().read(offset, maxBytes, true, bound);
            if (!(outcome instanceof ReadOutcome.Cold cold)) {
                return outcome;
            }
            run(cold.job());
        }
        throw new AssertionError("offset " + offset + " stays cold");
    }

    /// The values of all records from `offset` on, each at its offset, read in pieces of `maxBytes`.
    public List<String> readAll(long offset, int maxBytes, ReadBound bound) {
        List<String> values = new ArrayList<>();
        long next = offset;
        while (read(next, maxBytes, bound) instanceof ReadOutcome.Slice slice) {
            long before = next;
            next = collect(((MemorySlice) slice.records()).bytes(), next, values);
            assertThat(next).as("progress from %d", before).isGreaterThan(before);
        }
        return values;
    }

    public List<String> readAll() {
        return readAll(log().logStartOffset(), 1 << 20, ReadBound.WRITTEN_END);
    }

    private static long collect(ByteBuffer bytes, long from, List<String> values) {
        long next = from;
        RecordBatchView batch = new RecordBatchView();
        while (batch.wrap(bytes, bytes.position()).structureProblem(bytes.remaining()) == null) {
            assertThat(batch.crcIsValid()).isTrue();
            RecordCursor cursor = RecordCursor.over(batch);
            while (cursor.next() == RecordCursor.Step.RECORD) {
                ByteBuffer value = cursor.value();
                long offset = batch.baseOffset() + cursor.offsetDelta();
                if (offset >= next && value != null) {
                    assertThat(offset).isEqualTo(next);
                    values.add(StandardCharsets.UTF_8.decode(value).toString());
                    next = offset + 1;
                }
            }
            bytes.position(bytes.position() + batch.sizeBytes());
        }
        return next;
    }

    public LookupOutcome lookup(OffsetLookup what) {
        List<LookupOutcome> results = new ArrayList<>();
        run(log().lookup(what, results::add));
        return results.getFirst();
    }
}
