package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogRecoveryTest {
    private static final String FIRST = "orders-0/00000000000000000000.log";
    private static final LogConfig SMALL_SEGMENTS =
            LogConfig.DEFAULT.withSegmentBytes(1000).withIndexIntervalBytes(100);

    private final MemoryStorage storage = new MemoryStorage();
    private final LogDriver driver = new LogDriver(storage, LogConfig.DEFAULT);

    private List<String> written(int count) {
        return written(driver, count);
    }

    private static List<String> written(LogDriver run, int count) {
        List<String> values = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            values.add("value-" + index);
            run.appends("value-" + index);
        }
        return values;
    }

    @Test
    void tornTailIsCutAtEveryByteOfTheLastBatches() {
        driver.openNew();
        List<String> values = written(4);
        byte[] whole = storage.bytes(FIRST);
        int batch = whole.length / 4;

        for (int length = whole.length; length >= batch; length--) {
            storage.overwrite(FIRST, Arrays.copyOf(whole, length));
            driver.recover(1);

            int kept = length / batch;
            assertThat(driver.log().logEndOffset())
                    .as("cut to %d bytes", length)
                    .isEqualTo(kept);
            assertThat(driver.log().syncedEndOffset()).isEqualTo(kept);
            assertThat(driver.readAll()).isEqualTo(values.subList(0, kept));
            assertThat(storage.bytes(FIRST)).hasSize(kept * batch);
            assertThat(driver.report().keptFiles()).isEmpty();
        }
    }

    @Test
    void logShorterThanItsRecoveryPointIsDamagedAndLeftAlone() {
        driver.openNew();
        written(4);
        byte[] whole = storage.bytes(FIRST);
        byte[] torn = Arrays.copyOf(whole, whole.length - 1);
        storage.overwrite(FIRST, torn);

        OpenResult result = driver.tryOpen(new OpenPoint(4, 0, false, true));

        assertThat(result)
                .isInstanceOfSatisfying(
                        OpenResult.Damaged.class,
                        damaged -> assertThat(damaged.reason())
                                .contains(FIRST)
                                .contains("position " + whole.length / 4 * 3)
                                .contains("recovery point 4"));
        assertThat(storage.bytes(FIRST)).isEqualTo(torn);
    }

    @Test
    void recoveryPointAtTheExactEndIsFine() {
        driver.openNew();
        List<String> values = written(4);

        assertThat(driver.recover(4).readAll()).isEqualTo(values);
        assertThat(driver.tryOpen(new OpenPoint(5, 0, false, true)))
                .isInstanceOfSatisfying(
                        OpenResult.Damaged.class,
                        damaged -> assertThat(damaged.reason()).contains("ends at offset 4"));
    }

    @Test
    void flippedBitAboveTheRecoveryPointCutsAndKeepsTheValidBatchesBehind() {
        driver.openNew();
        List<String> values = written(6);
        byte[] bytes = storage.bytes(FIRST);
        int batch = bytes.length / 6;
        bytes[3 * batch + 70] ^= 1;
        storage.overwrite(FIRST, bytes);

        driver.recover(2);

        assertThat(driver.readAll()).isEqualTo(values.subList(0, 3));
        assertThat(driver.report().keptFiles()).containsExactly(FIRST + ".cut-" + 3 * batch);
        assertThat(storage.bytes(FIRST + ".cut-" + 3 * batch))
                .isEqualTo(Arrays.copyOfRange(bytes, 3 * batch, bytes.length));
        assertThat(driver.report().cutBytes()).isEqualTo(3L * batch);
    }

    @Test
    void bitFlippedAnywhereIsNeverServed() {
        SeededRandom random = new SeededRandom(11);
        for (int round = 0; round < 300; round++) {
            MemoryStorage disk = new MemoryStorage();
            LogDriver run = new LogDriver(disk, LogConfig.DEFAULT);
            run.openNew();
            List<String> values = new ArrayList<>();
            for (int index = 0; index < 8; index++) {
                values.add("value-" + index);
                run.appends("value-" + index);
            }
            byte[] bytes = disk.bytes(FIRST);
            int batch = bytes.length / 8;
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            disk.overwrite(FIRST, bytes);
            int broken = at / batch;
            boolean isEpoch = at % batch >= 12 && at % batch < 16;
            long recoveryPoint = random.nextInt(9);

            OpenResult result = run.tryOpen(new OpenPoint(recoveryPoint, 0, false, true));

            if (result instanceof OpenResult.Opened && !isEpoch) {
                List<String> served = run.readAll();
                assertThat(served)
                        .as("round %d, byte %d, recovery point %d", round, at, recoveryPoint)
                        .isEqualTo(values.subList(0, broken));
                assertThat(run.log().logEndOffset()).isGreaterThanOrEqualTo(recoveryPoint);
            } else if (!isEpoch) {
                assertThat((long) broken).isLessThan(recoveryPoint);
            }
        }
    }

    @Test
    void bitFlippedBelowTheRecoveryPointIsFoundAtItsFirstRead() {
        driver.openNew();
        List<String> values = written(6);
        driver.sync();
        driver.maintain();
        byte[] bytes = storage.bytes(FIRST);
        int batch = bytes.length / 6;
        bytes[3 * batch + 70] ^= 1;
        storage.overwrite(FIRST, bytes);

        driver.recover(6);

        assertThat(driver.log().logEndOffset()).isEqualTo(6);
        assertThat(driver.readAll()).isEqualTo(values.subList(0, 3));
        assertThat(driver.read(3, 100, ReadBound.WRITTEN_END))
                .isInstanceOfSatisfying(
                        ReadOutcome.Damaged.class,
                        damaged -> assertThat(damaged.detail()).contains(FIRST).contains("CRC"));
        assertThat(storage.bytes(FIRST)).isEqualTo(bytes);
    }

    @Test
    void missingSegmentBelowTheRecoveryPointIsDamage() {
        driver.config(SMALL_SEGMENTS).openNew();
        written(60);
        assertThat(driver.log().segmentCount()).isGreaterThan(3);
        driver.sync();
        driver.maintain();
        String second = storage.files().stream()
                .filter(path -> path.endsWith(".log"))
                .skip(1)
                .findFirst()
                .orElseThrow();
        storage.remove(second);

        assertThat(driver.tryOpen(new OpenPoint(60, 0, false, true)))
                .isInstanceOfSatisfying(
                        OpenResult.Damaged.class,
                        damaged -> assertThat(damaged.reason()).contains("missing"));
        assertThat(driver.tryOpen(new OpenPoint(60, 0, true, true))).isInstanceOf(OpenResult.Damaged.class);
    }

    @Test
    void segmentsBehindACutAreSetAside() {
        driver.config(SMALL_SEGMENTS).openNew();
        List<String> values = written(60);
        List<String> logs =
                storage.files().stream().filter(path -> path.endsWith(".log")).toList();
        byte[] bytes = storage.bytes(logs.get(1));
        bytes[70] ^= 1;
        storage.overwrite(logs.get(1), bytes);
        long cut = Long.parseLong(logs.get(1).substring(9, 29));

        driver.recover(0);

        assertThat(driver.log().logEndOffset()).isEqualTo(cut);
        assertThat(driver.readAll()).isEqualTo(values.subList(0, (int) cut));
        assertThat(driver.report().keptFiles()).contains(logs.get(2) + ".cut-0");
        driver.appends("more");
        assertThat(driver.readAll()).hasSize((int) cut + 1);
    }

    @Test
    void missingDirectoryIsNewOnlyWhenNothingIsKnownOfIt() {
        assertThat(driver.tryOpen(new OpenPoint(1, 0, false, true))).isInstanceOf(OpenResult.Damaged.class);
        assertThat(driver.tryOpen(new OpenPoint(0, 0, false, false))).isInstanceOf(OpenResult.Damaged.class);
        assertThat(driver.tryOpen(new OpenPoint(0, 0, false, true))).isInstanceOf(OpenResult.Opened.class);
        assertThat(driver.report().isNew()).isTrue();
    }

    @Test
    void anotherTopicsDirectoryIsRefused() {
        driver.openNew();
        driver.sync();
        storage.overwrite(
                "orders-0/partition.metadata",
                "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ\n".getBytes(StandardCharsets.UTF_8));

        assertThat(driver.tryOpen(OpenPoint.NEW))
                .isInstanceOfSatisfying(
                        OpenResult.Damaged.class,
                        damaged -> assertThat(damaged.reason()).contains("topic id"));
    }

    @Test
    void tailThatComesBackBehindASegmentOrACleanEndIsCutAgain() {
        for (boolean isClean : new boolean[] {true, false}) {
            MemoryStorage disk = new MemoryStorage();
            LogDriver run = new LogDriver(disk, SMALL_SEGMENTS);
            run.openNew();
            List<String> values = written(run, 20);
            run.sync();
            if (isClean) {
                assertThat(run.close()).isNull();
            } else {
                run.maintain();
            }
            for (String path : disk.files()) {
                if (path.endsWith(".log")) {
                    byte[] whole = disk.bytes(path);
                    byte[] longer = Arrays.copyOf(whole, whole.length + 200);
                    Arrays.fill(longer, whole.length, longer.length, (byte) 1);
                    disk.overwrite(path, longer);
                }
            }

            run.open(new OpenPoint(20, 0, isClean, false));

            assertThat(run.readAll(0, 300, ReadBound.WRITTEN_END)).isEqualTo(values);
            assertThat(run.log().segmentCount()).isGreaterThan(1);
            assertThat(run.appends("next")).isEqualTo(20);
        }
    }

    @Test
    void zerosBehindTheLastBatchAreRoomAndNoDamage() {
        for (int recoveryPoint : new int[] {0, 7, 20}) {
            for (int room : new int[] {1, 60, 61, 5_000, 200_000}) {
                MemoryStorage disk = new MemoryStorage();
                LogDriver run = new LogDriver(disk, SMALL_SEGMENTS);
                run.openNew();
                List<String> values = written(run, 20);
                run.sync();
                Map<String, byte[]> written = new HashMap<>();
                for (String path : disk.files()) {
                    if (path.endsWith(".log")) {
                        byte[] whole = disk.bytes(path);
                        written.put(path, whole);
                        disk.overwrite(path, Arrays.copyOf(whole, whole.length + room));
                    }
                }

                run.recover(recoveryPoint);

                assertThat(run.readAll()).isEqualTo(values);
                assertThat(run.report().cutBytes()).isZero();
                assertThat(run.report().keptFiles()).isEmpty();
                assertThat(run.report().notes()).noneMatch(note -> note.contains("cut"));
                written.forEach((path, whole) -> assertThat(disk.bytes(path)).isEqualTo(whole));
                assertThat(run.appends("next")).isEqualTo(20);
            }
        }
    }

    @Test
    void zerosInPlaceOfDurableBatchesAreDamage() {
        driver.openNew();
        written(4);
        byte[] bytes = storage.bytes(FIRST);
        Arrays.fill(bytes, bytes.length / 4 * 3, bytes.length, (byte) 0);
        storage.overwrite(FIRST, bytes);

        assertThat(driver.tryOpen(new OpenPoint(4, 0, false, true)))
                .isInstanceOfSatisfying(
                        OpenResult.Damaged.class,
                        damaged -> assertThat(damaged.reason()).contains("ends at offset 3"));
        assertThat(driver.recover(3).log().logEndOffset()).isEqualTo(3);
    }

    @Test
    void everyRebuildableFileMayBeMissingOrDamaged() {
        SeededRandom random = new SeededRandom(5);
        for (int round = 0; round < 60; round++) {
            MemoryStorage disk = new MemoryStorage();
            LogDriver run = new LogDriver(disk, SMALL_SEGMENTS);
            run.openNew();
            List<String> values = new ArrayList<>();
            for (int index = 0; index < 50; index++) {
                values.add("value-" + index);
                run.append(run.batch("value-" + index)
                        .producer(9, (short) 1, index)
                        .build());
                run.write();
            }
            run.sync();
            boolean isClean = random.nextBoolean();
            if (isClean) {
                assertThat(run.close()).isNull();
            } else {
                run.maintain();
            }
            for (String path : disk.files()) {
                boolean isRebuildable = !path.endsWith(".log") && !path.endsWith(".metadata");
                if (isRebuildable && random.nextBoolean()) {
                    damage(disk, path, random);
                }
            }

            run.open(new OpenPoint(50, 0, isClean, true));

            assertThat(run.readAll(0, 300, ReadBound.WRITTEN_END))
                    .as("round %d", round)
                    .isEqualTo(values);
            assertThat(run.readAll(31, 300, ReadBound.WRITTEN_END)).isEqualTo(values.subList(31, 50));
            assertThat(run.append(
                            run.batch("value-49").producer(9, (short) 1, 49).build()))
                    .isEqualTo(new AppendOutcome.Duplicate(49, 49, -1));
            assertThat(run.log().endOffsetFor(0)).isEqualTo(new EpochEnd(0, 50));
        }
    }

    private static void damage(MemoryStorage disk, String path, SeededRandom random) {
        byte[] bytes = disk.bytes(path);
        boolean hasChecksumOrCheck = !path.endsWith("leader-epoch-checkpoint");
        switch (random.nextInt(hasChecksumOrCheck ? 3 : 2)) {
            case 0 -> disk.remove(path);
            case 1 -> disk.overwrite(path, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            default -> {
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                disk.overwrite(path, bytes);
            }
        }
    }

    @Test
    void fiveBatchesInFlightAreRecognisedAfterACleanRestart() {
        driver.openNew();
        for (int index = 0; index < 7; index++) {
            driver.append(
                    driver.batch("a", "b").producer(9, (short) 1, 2 * index).build());
        }
        driver.write();
        assertThat(driver.close()).isNull();

        driver.open(new OpenPoint(14, 0, true, false));

        for (int index = 2; index < 7; index++) {
            assertThat(driver.append(driver.batch("a", "b")
                            .producer(9, (short) 1, 2 * index)
                            .build()))
                    .isEqualTo(new AppendOutcome.Duplicate(2L * index, 2L * index + 1, -1));
        }
        assertThat(driver.append(
                        driver.batch("a", "b").producer(9, (short) 1, 2).build()))
                .isInstanceOf(AppendOutcome.Refused.class);
        assertThat(driver.log().logEndOffset()).isEqualTo(14);
    }

    @Test
    void retryAfterACrashIsADuplicate() {
        driver.openNew();
        driver.append(driver.batch("a").producer(9, (short) 1, 0).build());
        driver.append(driver.batch("b").producer(9, (short) 1, 1).build());
        driver.write();
        driver.sync();
        storage.crash(new SeededRandom(4));

        driver.recover(0);

        assertThat(driver.append(driver.batch("a").producer(9, (short) 1, 0).build()))
                .isEqualTo(new AppendOutcome.Duplicate(0, 0, -1));
        assertThat(driver.append(driver.batch("c").producer(9, (short) 1, 2).build()))
                .isEqualTo(new AppendOutcome.Appended(2, 2, -1));
    }

    @Test
    void whatRecoveryKeepsIsDurable() {
        driver.openNew();
        List<String> values = written(3);
        driver.sync();
        driver.appends("unsynced");
        storage.kill();
        driver.recover(0);
        List<String> served = driver.readAll();
        assertThat(served).hasSize(4).startsWith(values.toArray(new String[0]));

        for (int seed = 0; seed < 20; seed++) {
            storage.crash(new SeededRandom(seed));
            assertThat(driver.recover(0).readAll()).isEqualTo(served);
        }
    }

    @Test
    void halfWrittenFilesAreRemovedAndStrangeOnesStay() {
        driver.openNew();
        driver.appends("a");
        driver.sync();
        storage.overwriteOrCreate("orders-0/00000000000000000001.snapshot.tmp", new byte[3]);
        storage.overwriteOrCreate("orders-0/notes.txt", new byte[3]);

        driver.recover(0);

        assertThat(storage.files())
                .contains("orders-0/notes.txt")
                .doesNotContain("orders-0/00000000000000000001.snapshot.tmp");
    }
}
