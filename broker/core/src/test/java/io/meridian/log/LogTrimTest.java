package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.log.state.RetentionRule;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a log begins, and what becomes of the files before.
class LogTrimTest {
    private static final long HOUR_MS = 3_600_000L;

    private final MemoryStorage storage = new MemoryStorage();
    private final int batch =
            new LogDriver(storage, LogConfig.DEFAULT).batch("value-0").build().remaining();
    private final LogConfig twoBatchesPerSegment =
            LogConfig.DEFAULT.withSegmentBytes(2 * batch).withRetention(new RetentionRule(HOUR_MS, -1));
    private final LogDriver driver = new LogDriver(storage, twoBatchesPerSegment);

    @Test
    void startMovesOnlyOnceItIsDurable() {
        written(7);
        driver.log().intendStart(3);

        assertThat(driver.log().logStartOffset()).isZero();
        assertThat(driver.log().removal()).isNull();

        driver.persistStart();

        assertThat(driver.log().logStartOffset()).isEqualTo(3);
        assertThat(driver.read(2, 1_000, ReadBound.WRITTEN_END)).isInstanceOf(ReadOutcome.OutOfRange.class);
    }

    @Test
    void onlyFilesWhollyBelowTheStartAreRemoved() {
        written(7);
        driver.trim(3);

        assertThat(logs())
                .containsExactly(
                        "orders-0/00000000000000000002.log",
                        "orders-0/00000000000000000004.log",
                        "orders-0/00000000000000000006.log");
        assertThat(driver.readAll()).containsExactly("value-3", "value-4", "value-5", "value-6");
    }

    @Test
    void startNeverGoesBack() {
        written(7);
        driver.trim(5);
        driver.trim(3);

        assertThat(driver.log().logStartOffset()).isEqualTo(5);
    }

    @Test
    void sliceOfARemovedFileStaysReadable() {
        written(7);
        ReadOutcome before = driver.read(0, 1_000, ReadBound.WRITTEN_END);
        driver.trim(7);

        assertThat(before).isInstanceOf(ReadOutcome.Slice.class);
        ReadOutcome.Slice slice = (ReadOutcome.Slice) before;
        assertThat(slice.records().sizeInBytes()).isEqualTo(2 * batch);
        slice.records().release();
    }

    @Test
    void fileThatAJobReadsIsRemovedOnceTheJobIsDone() {
        written(7);
        List<LookupOutcome> found = new ArrayList<>();
        StorageJob lookup = driver.log().lookup(new OffsetLookup.AtOrAfter(0, ReadBound.WRITTEN_END), found::add);

        driver.trim(4);
        assertThat(logs()).hasSize(4);
        assertThat(driver.log().isRemovalDue()).isTrue();

        assertThat(driver.run(lookup)).isNull();
        assertThat(driver.remove()).isEqualTo(1);
        assertThat(logs()).hasSize(2);
        assertThat(driver.log().isRemovalDue()).isFalse();
    }

    @Test
    void segmentsThatAreDueGoByAge() {
        written(4);
        driver.passMs(HOUR_MS + 1);
        writeMore(4, 6);

        driver.log().retain(driver.now());

        assertThat(driver.persistStart()).isEqualTo(4);
        driver.remove();
        assertThat(driver.readAll()).containsExactly("value-4", "value-5");
    }

    @Test
    void logOfWhichEverythingIsDueGoesOnInANewSegment() {
        written(5);
        driver.passMs(HOUR_MS + 1);

        driver.log().retain(driver.now());
        driver.persistStart();
        driver.remove();

        assertThat(logs()).containsExactly("orders-0/00000000000000000005.log");
        assertThat(driver.log().logStartOffset()).isEqualTo(5);
        writeMore(5, 7);
        assertThat(driver.readAll()).containsExactly("value-5", "value-6");
        driver.log().retain(driver.now());
        assertThat(driver.log().intendedStartOffset()).isEqualTo(5);
    }

    @Test
    void appendThatComesBeforeTheStartIsDurableKeepsTheSegment() {
        written(5);
        driver.passMs(HOUR_MS + 1);
        driver.log().retain(driver.now());
        writeMore(5, 6);

        driver.persistStart();
        driver.remove();

        assertThat(driver.log().logStartOffset()).isEqualTo(5);
        assertThat(driver.readAll()).containsExactly("value-5");
        assertThat(driver.log().segmentCount()).isEqualTo(1);
    }

    @Test
    void recordsThatAreNotSyncedAreNotDue() {
        driver.openNew();
        driver.appends("value-0");
        driver.passMs(HOUR_MS + 1);

        driver.log().retain(driver.now());

        assertThat(driver.log().intendedStartOffset()).isZero();
    }

    @Test
    void leaderEpochsBelowTheStartAreForgotten() {
        written(4);
        driver.log().beginEpoch(3);
        writeMore(4, 6);

        driver.trim(5);

        assertThat(driver.log().epochAt(5)).isEqualTo(3);
        assertThat(driver.log().epochAt(4)).isEqualTo(-1);
    }

    @Test
    void startLeftByADeletionIsTakenUpAndItsFilesAreNoDamage() {
        written(9);
        driver.maintain();
        long recoveryPoint = driver.log().recoveryPoint();
        storage.remove("orders-0/00000000000000000002.log");
        storage.kill();

        driver.open(new OpenPoint(recoveryPoint, 6, false, false));

        assertThat(driver.readAll()).containsExactly("value-6", "value-7", "value-8");
        driver.remove();
        assertThat(logs()).containsExactly("orders-0/00000000000000000006.log", "orders-0/00000000000000000008.log");
    }

    @Test
    void lostCheckpointOfStartsMakesTheFirstSegmentTheStart() {
        written(9);
        driver.trim(6);
        driver.maintain();
        long recoveryPoint = driver.log().recoveryPoint();
        storage.kill();

        driver.open(new OpenPoint(recoveryPoint, OpenPoint.UNKNOWN_START, false, false));

        assertThat(driver.log().logStartOffset()).isEqualTo(6);
        assertThat(driver.readAll()).hasSize(3);
    }

    @Test
    void startAboveWhatSurvivedIsWhereTheLogGoesOn() {
        driver.config(twoBatchesPerSegment.withFlushPolicy(FlushPolicy.OS));
        written(3);
        storage.kill();
        storage.remove("orders-0/00000000000000000002.log");

        driver.open(new OpenPoint(0, 3, false, true));

        assertThat(driver.log().logStartOffset()).isEqualTo(3);
        assertThat(driver.log().logEndOffset()).isEqualTo(3);
        assertThat(driver.appends("value-3")).isEqualTo(3);
        assertThat(logs()).containsExactly("orders-0/00000000000000000003.log");
    }

    @Test
    void emptyDirectoryBehindItsRecoveryPointGoesOnAtItsStart() {
        driver.openNew();
        storage.kill();
        storage.remove("orders-0/00000000000000000000.log");

        driver.open(new OpenPoint(5, 8, false, true));

        assertThat(driver.log().logEndOffset()).isEqualTo(8);
    }

    @Test
    void segmentMissingAboveTheStartIsDamage() {
        written(9);
        driver.maintain();
        long recoveryPoint = driver.log().recoveryPoint();
        storage.kill();
        storage.remove("orders-0/00000000000000000000.log");
        storage.remove("orders-0/00000000000000000002.log");

        assertThat(driver.tryOpen(new OpenPoint(recoveryPoint, 1, false, false)))
                .isInstanceOf(OpenResult.Damaged.class);
    }

    /// Power fails at any moment of appends, syncs, deletions and retention, several times: nothing below the start
    /// comes back, nothing above it is missing that was synced, and nothing is called damage.
    @Test
    void crashAtAnyMomentLeavesTheLogWholeFromItsStartOn() {
        int trimmed = 0;
        for (int seed = 0; seed < 400; seed++) {
            trimmed += new Life(seed).run();
        }
        assertThat(trimmed).isGreaterThan(1_000);
    }

    private final class Life {
        private final MemoryStorage disk = new MemoryStorage();
        private final SeededRandom random;
        private final String name;
        private final LogDriver run = new LogDriver(disk, twoBatchesPerSegment);
        private final List<String> values = new ArrayList<>();
        private int synced;
        private long recoveryPoint;
        private long start;

        Life(int seed) {
            this.random = new SeededRandom(seed);
            this.name = "seed " + seed;
        }

        int run() {
            int starts = 0;
            run.openNew();
            for (int step = 0; step < 80; step++) {
                if (random.chance(15)) {
                    disk.failAfter(random.nextInt(10));
                }
                long before = start;
                step();
                starts += start > before ? 1 : 0;
                if (run.fault() != null || random.chance(25)) {
                    reopen();
                }
            }
            return starts;
        }

        private void step() {
            int draw = random.nextInt(12);
            if (draw < 5) {
                String value = "value-" + values.size();
                if (run.append(run.batch(value).build()) instanceof AppendOutcome.Appended) {
                    values.add(value);
                }
                run.write();
            } else if (draw < 8) {
                run.sync();
            } else if (draw == 8) {
                run.maintain();
            } else if (draw == 9) {
                run.passMs(random.nextInt((int) HOUR_MS));
                run.log().retain(run.now());
                start = Math.max(start, run.log().intendedStartOffset());
                run.persistStart();
            } else if (draw == 10) {
                run.log().intendStart(start + random.nextInt((int) (run.log().highWatermark() - start) + 1));
                start = Math.max(start, run.log().intendedStartOffset());
                if (random.nextBoolean()) {
                    run.persistStart();
                }
            } else {
                run.remove();
            }
            synced = (int) Math.max(synced, run.log().syncedEndOffset());
            recoveryPoint = run.log().recoveryPoint();
        }

        private void reopen() {
            OpenPoint point = new OpenPoint(recoveryPoint, start, false, true);
            for (int attempt = 0; attempt < 2; attempt++) {
                disk.crash(random);
                disk.failAfter(random.nextInt(30));
                assertThat(run.tryOpen(point)).as(name).isNotInstanceOf(OpenResult.Damaged.class);
            }
            disk.crash(random);
            run.open(point);
            int end = (int) run.log().logEndOffset();
            assertThat(end).as(name).isBetween(synced, values.size());
            assertThat(run.log().logStartOffset()).as(name).isEqualTo(start);
            assertThat(run.readAll()).as(name).isEqualTo(values.subList((int) start, end));
            values.subList(end, values.size()).clear();
            synced = end;
            run.sync();
        }
    }

    private void written(int count) {
        driver.openNew();
        writeMore(0, count);
    }

    private void writeMore(int from, int to) {
        for (int index = from; index < to; index++) {
            driver.appends("value-" + index);
        }
        driver.sync();
    }

    private List<String> logs() {
        return storage.files().stream().filter(path -> path.endsWith(".log")).toList();
    }
}
