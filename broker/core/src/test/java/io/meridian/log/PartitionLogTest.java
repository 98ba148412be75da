package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Invariant;
import io.meridian.base.SeededRandom;
import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemorySlice;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.record.ControlRecord;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionLogTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final LogDriver driver = new LogDriver(storage, LogConfig.DEFAULT);

    @Test
    void planMovesTheLogEndAndWriteTheWrittenEndAndSyncTheSyncedEnd() {
        PartitionLog log = driver.openNew().log();

        driver.append(driver.batch("a", "b").build());
        assertThat(log.logEndOffset()).isEqualTo(2);
        assertThat(log.writtenEndOffset()).isZero();

        driver.write();
        assertThat(log.writtenEndOffset()).isEqualTo(2);
        assertThat(log.syncedEndOffset()).isZero();

        driver.sync();
        assertThat(log.syncedEndOffset()).isEqualTo(2);
    }

    @Test
    void queuedBatchesAreWrittenByOneJob() {
        PartitionLog log = driver.openNew().log();
        driver.append(driver.batch("a").build());
        driver.append(driver.batch("b").build());
        driver.append(driver.batch("c").build());

        driver.run(Invariant.present(log.nextJob(driver.now()), "a write"));

        assertThat(log.writtenEndOffset()).isEqualTo(3);
        assertThat(log.nextJob(driver.now())).isNull();
        assertThat(driver.readAll()).containsExactly("a", "b", "c");
    }

    @Test
    void leaseIsHeldUntilTheBytesAreWritten() {
        driver.openNew();
        driver.append(driver.batch("a").build());
        assertThat(driver.lease().held()).isEqualTo(1);

        driver.write();

        assertThat(driver.lease().held()).isZero();
    }

    @Test
    void leaseIsReleasedWhenTheWriteFails() {
        driver.openNew();
        driver.append(driver.batch("a").build());
        storage.failAfter(0);

        driver.write();

        assertThat(driver.lease().held()).isZero();
        assertThat(driver.fault()).isNotNull();
        assertThat(driver.append(driver.batch("b").build()))
                .isInstanceOfSatisfying(
                        AppendOutcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR));
    }

    @Test
    void failedSyncIsNeverRepeated() {
        PartitionLog log = driver.openNew().log();
        driver.appends("a");
        storage.failAfter(0);
        driver.sync();
        storage.heal();

        assertThat(log.syncTarget()).isNull();
        assertThat(log.syncedEndOffset()).isZero();
        assertThat(log.read(0, 100, true, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.Damaged.class);
    }

    @Test
    void newLogIsFoundAgainAfterItsFirstSync() {
        driver.openNew();
        driver.appends("a");
        driver.sync();

        storage.crash(new SeededRandom(1));

        driver.recover(0);
        assertThat(driver.readAll()).containsExactly("a");
    }

    @Test
    void readSeesNothingAboveItsBound() {
        PartitionLog log = driver.openNew().log();
        driver.appends("a");
        driver.sync();
        driver.appends("b");

        assertThat(driver.readAll(0, 1000, ReadBound.HIGH_WATERMARK)).containsExactly("a");
        assertThat(driver.readAll(0, 1000, ReadBound.WRITTEN_END)).containsExactly("a", "b");
        assertThat(log.read(1, 1000, true, ReadBound.HIGH_WATERMARK)).isInstanceOf(ReadOutcome.Nothing.class);
        assertThat(log.read(2, 1000, true, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.Nothing.class);
        assertThat(log.read(3, 1000, true, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.OutOfRange.class);
    }

    @Test
    void firstBatchIsWholeWhenDemandedAndLaterOnesMayBeCut() {
        PartitionLog log = driver.openNew().log();
        int first = driver.batch("aaaa").build().remaining();
        driver.appends("aaaa");
        driver.appends("bbbb");

        assertThat(size(log.read(0, 1, true, ReadBound.WRITTEN_END))).isEqualTo(first);
        assertThat(log.read(0, first - 1, false, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.Nothing.class);
        assertThat(size(log.read(0, first + 5, false, ReadBound.WRITTEN_END))).isEqualTo(first + 5);
    }

    private static int size(ReadOutcome outcome) {
        assertThat(outcome).isInstanceOf(ReadOutcome.Slice.class);
        return ((ReadOutcome.Slice) outcome).records().sizeInBytes();
    }

    @Test
    void readBeginsAtTheBatchThatContainsTheOffset() {
        PartitionLog log = driver.openNew().log();
        driver.appends("a", "b", "c");
        driver.appends("d", "e");

        ReadOutcome outcome = log.read(4, 1000, true, ReadBound.WRITTEN_END);

        ByteBuffer bytes = ((MemorySlice) ((ReadOutcome.Slice) outcome).records()).bytes();
        assertThat(RecordBatchView.of(bytes).baseOffset()).isEqualTo(3);
    }

    @Test
    void leaderEpochAndOffsetsArePatchedIntoTheStoredBatch() {
        PartitionLog log = driver.openNew().log();
        driver.appends("a");
        log.append(driver.batch("b").build(), AppendOrigin.CLIENT, 7, driver.now(), driver.lease());
        driver.write();

        ReadOutcome outcome = log.read(1, 1000, true, ReadBound.WRITTEN_END);

        ByteBuffer bytes = ((MemorySlice) ((ReadOutcome.Slice) outcome).records()).bytes();
        assertThat(RecordBatchView.of(bytes).baseOffset()).isEqualTo(1);
        assertThat(RecordBatchView.of(bytes).partitionLeaderEpoch()).isEqualTo(7);
        assertThat(RecordBatchView.of(bytes).crcIsValid()).isTrue();
        assertThat(log.endOffsetFor(0)).isEqualTo(new EpochEnd(0, 1));
        assertThat(log.endOffsetFor(7)).isEqualTo(new EpochEnd(7, 2));
        assertThat(log.endOffsetFor(8)).isEqualTo(EpochEnd.UNKNOWN);
    }

    @Test
    void logAppendTimeReplacesTheProducersTimestamps() {
        driver.config(LogConfig.DEFAULT.withLogAppendTime(true)).openNew();
        ByteBuffer batch = new RecordBatchBuilder()
                .append(5L, (byte[]) null, new byte[] {1})
                .build();

        AppendOutcome outcome = driver.append(batch);
        driver.write();

        assertThat(outcome).isEqualTo(new AppendOutcome.Appended(0, 0, LogDriver.START_MS));
        assertThat(driver.lookup(new OffsetLookup.MaxTimestamp(ReadBound.WRITTEN_END)))
                .isEqualTo(new LookupOutcome.Found(LogDriver.START_MS, 0, 0));
    }

    @Test
    void controlAndTransactionalBatchesOfClientsAreRefused() {
        driver.openNew();

        assertThat(driver.append(new ControlRecord(ControlRecord.Type.COMMIT, 1).batch(5, (short) 0, 1)))
                .isInstanceOfSatisfying(
                        AppendOutcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(ErrorCode.INVALID_RECORD));
        assertThat(driver.append(driver.batch("a")
                        .producer(5, (short) 0, 0)
                        .transactional()
                        .build()))
                .isInstanceOfSatisfying(
                        AppendOutcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(ErrorCode.INVALID_TXN_STATE));
        assertThat(driver.log().logEndOffset()).isZero();
    }

    @Test
    void retryIsAnsweredWithTheOriginalOffsets() {
        driver.openNew();
        driver.append(driver.batch("a").producer(5, (short) 0, 0).build());
        driver.append(driver.batch("b", "c").producer(5, (short) 0, 1).build());

        AppendOutcome retry =
                driver.append(driver.batch("b", "c").producer(5, (short) 0, 1).build());

        assertThat(retry).isEqualTo(new AppendOutcome.Duplicate(1, 2, -1));
        assertThat(driver.log().logEndOffset()).isEqualTo(3);
    }

    @Test
    void segmentRollsBeforeItGrowsTooLarge() {
        int batch = driver.batch("aaaa").build().remaining();
        driver.config(LogConfig.DEFAULT.withSegmentBytes(3 * batch)).openNew();

        for (int index = 0; index < 7; index++) {
            driver.appends("aaa" + index);
        }

        assertThat(driver.log().segmentCount()).isEqualTo(3);
        assertThat(driver.log().sizeBytes()).isEqualTo(7L * batch);
        assertThat(storage.files()).contains("orders-0/00000000000000000000.log", "orders-0/00000000000000000003.log");
        assertThat(driver.readAll()).hasSize(7);
        assertThat(driver.readAll(2, 10, ReadBound.WRITTEN_END))
                .containsExactly("aaa2", "aaa3", "aaa4", "aaa5", "aaa6");
    }

    @Test
    void batchesQueuedAcrossARollGoToTheirSegments() {
        int batch = driver.batch("aaaa").build().remaining();
        driver.config(LogConfig.DEFAULT.withSegmentBytes(2 * batch)).openNew();
        for (int index = 0; index < 5; index++) {
            driver.append(driver.batch("aaa" + index).build());
        }

        driver.write();
        driver.sync();

        assertThat(driver.log().segmentCount()).isEqualTo(3);
        assertThat(driver.log().syncedEndOffset()).isEqualTo(5);
        assertThat(driver.readAll()).containsExactly("aaa0", "aaa1", "aaa2", "aaa3", "aaa4");
    }

    @Test
    void lookupFindsTheFirstRecordNotOlderThanATimestamp() {
        driver.openNew();
        for (int index = 0; index < 10; index++) {
            driver.append(new RecordBatchBuilder()
                    .append(1000 + index * 10, (byte[]) null, new byte[] {1})
                    .append(1005 + index * 10, (byte[]) null, new byte[] {1})
                    .build());
        }
        driver.write();

        assertThat(driver.lookup(new OffsetLookup.AtOrAfter(0, ReadBound.WRITTEN_END)))
                .isEqualTo(new LookupOutcome.Found(1000, 0, 0));
        assertThat(driver.lookup(new OffsetLookup.AtOrAfter(1043, ReadBound.WRITTEN_END)))
                .isEqualTo(new LookupOutcome.Found(1045, 9, 0));
        assertThat(driver.lookup(new OffsetLookup.AtOrAfter(1096, ReadBound.WRITTEN_END)))
                .isEqualTo(new LookupOutcome.NotFound());
        assertThat(driver.lookup(new OffsetLookup.AtOrAfter(1000, ReadBound.HIGH_WATERMARK)))
                .isEqualTo(new LookupOutcome.NotFound());
        assertThat(driver.lookup(new OffsetLookup.MaxTimestamp(ReadBound.WRITTEN_END)))
                .isEqualTo(new LookupOutcome.Found(1095, 19, 0));
    }

    @Test
    void closedLogOpensCleanWithoutReadingItsBatches() {
        driver.openNew();
        for (int index = 0; index < 100; index++) {
            driver.appends("value-" + index);
        }

        assertThat(driver.close()).isNull();
        PartitionLog closed = driver.log();
        assertThat(closed.recoveryPoint()).isEqualTo(100);

        driver.open(new OpenPoint(100, 0, true, false));
        assertThat(driver.report().scannedBytes()).isZero();
        assertThat(driver.log().logEndOffset()).isEqualTo(100);
        assertThat(driver.readAll()).hasSize(100);
    }

    @Test
    void closingALogThatWasOnlyOpenedForcesNothing() {
        driver.openNew();
        driver.appends("a");
        assertThat(driver.close()).isNull();
        driver.open(new OpenPoint(1, 0, true, false));
        int forces = storage.forces();

        assertThat(driver.close()).isNull();

        assertThat(storage.forces()).isEqualTo(forces);
        assertThat(driver.open(new OpenPoint(1, 0, true, false)).readAll()).containsExactly("a");
    }

    @Test
    void maintenanceMovesTheRecoveryPoint() {
        driver.openNew();
        driver.appends("a");
        driver.sync();
        assertThat(driver.log().recoveryPoint()).isZero();

        driver.maintain();

        assertThat(driver.log().recoveryPoint()).isEqualTo(1);
        assertThat(driver.log().nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void littleIsReadAgainRatherThanKeptInFiles() {
        driver.openNew();
        driver.appends("a");
        driver.sync();
        int forces = storage.forces();

        driver.maintain();
        assertThat(driver.close()).isNull();

        assertThat(storage.forces()).isEqualTo(forces);
        assertThat(storage.files()).containsExactly("orders-0/00000000000000000000.log", "orders-0/partition.metadata");
        driver.open(new OpenPoint(1, 0, true, false));
        assertThat(driver.report().notes()).isEmpty();
        assertThat(driver.log().latestEpoch()).isZero();
        assertThat(driver.readAll()).containsExactly("a");
        assertThat(driver.close()).isNull();
        assertThat(storage.forces()).isEqualTo(forces);
    }

    @Test
    void muchIsKeptInFiles() {
        driver.config(LogConfig.DEFAULT.withSegmentIndexBytes(8)).openNew();
        driver.appends("a".repeat(200));
        driver.sync();

        driver.maintain();

        assertThat(storage.files())
                .contains("orders-0/00000000000000000001.snapshot", "orders-0/leader-epoch-checkpoint");
        driver.recover(1);
        assertThat(driver.log().latestEpoch()).isZero();
    }

    @Test
    void nameOfALogIsDurableWithItsFirstBytesHoweverOftenItWasOpened() {
        driver.openNew();
        assertThat(driver.close()).isNull();
        driver.open(new OpenPoint(0, 0, true, false));
        driver.appends("a");
        driver.sync();

        for (int seed = 0; seed < 20; seed++) {
            storage.crash(new SeededRandom(seed));
            assertThat(driver.recover(0).readAll()).containsExactly("a");
        }
    }

    @Test
    void identityOfALogIsNotKeptOpen() {
        driver.openNew();
        assertThat(storage.openFiles()).isEqualTo(1);

        assertThat(driver.close()).isNull();

        assertThat(storage.openFiles()).isZero();
    }

    @Test
    void osPolicyIsMadeDurableInTheBackground() {
        driver.config(LogConfig.DEFAULT.withFlushPolicy(FlushPolicy.OS)).openNew();
        driver.appends("a");

        driver.maintain();

        assertThat(driver.log().syncedEndOffset()).isEqualTo(1);
        assertThat(driver.log().recoveryPoint()).isEqualTo(1);
        storage.crash(new SeededRandom(3));
        assertThat(driver.recover(1).readAll()).containsExactly("a");
    }

    @Test
    void deletedLogLeavesNothing() {
        driver.openNew();
        driver.appends("a");
        List<Object> results = new ArrayList<>();

        driver.run(driver.log().delete("abc", fault -> results.add(fault == null ? "done" : fault)));

        assertThat(results).containsExactly("done");
        assertThat(storage.files()).isEmpty();
    }

    @Test
    void recordsThatAreNotHotAreReadByAJobFirst() {
        driver.hotBytes(1 << 20).openNew();
        byte[] large = new byte[600_000];
        for (int index = 0; index < 6; index++) {
            driver.append(new RecordBatchBuilder()
                    .append(driver.now().wallMs(), null, large)
                    .build());
            driver.write();
        }

        assertThat(driver.log().read(0, 1000, true, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.Cold.class);
        assertThat(driver.read(0, 1000, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.Slice.class);
        assertThat(driver.read(5, 1000, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.Slice.class);
    }
}
