package io.meridian.simulator.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.base.SeededRandom;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.simulator.disk.DiskFaults.Fate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private static final int SEEDS = 300;

    private static SimulatedDisk disk(long seed) {
        return new SimulatedDisk(new SeededRandom(seed));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SimulatedDisk disk, String path) {
        return new String(disk.contents(path), StandardCharsets.UTF_8);
    }

    private static SegmentFile durableFile(SimulatedDisk disk, String name, String text) throws StorageFault {
        SegmentFile file = disk.create(name);
        file.write(0, bytes(text));
        file.force();
        disk.forceDirectory("");
        return file;
    }

    @Test
    void readsReturnWhatWasWrittenAndStopAtTheEnd() throws StorageFault {
        SegmentFile file = disk(1).create("a");
        file.write(0, bytes("hello "), bytes("world"));
        file.write(6, bytes("W"));

        ByteBuffer target = ByteBuffer.allocate(100);
        int count = file.read(4, target);

        assertThat(new String(target.array(), 0, count, StandardCharsets.UTF_8)).isEqualTo("o World");
        assertThat(file.read(11, ByteBuffer.allocate(1))).isZero();
        assertThat(file.sizeBytes()).isEqualTo(11);
    }

    @Test
    void forcedBytesUnderForcedNamesSurviveEveryPowerLoss() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = durableFile(disk, "a", "forced");
            file.write(6, bytes(" and not"));

            disk.crash(CrashKind.POWER_LOSS);

            assertThat(text(disk, "a")).startsWith("forced");
        }
    }

    @Test
    void anAppendThatFailsLeavesWhatTheFileHeldThoughItsRoomIsGivenBack() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            durableFile(disk, "a", "there before").close();
            SegmentFile file = disk.open("a");
            disk.limitTo("there before".length());

            assertThatThrownBy(() -> file.append("there before".length(), bytes("more")))
                    .isInstanceOf(StorageFault.class);
            file.trim();

            assertThat(text(disk, "a")).isEqualTo("there before");
        }
    }

    @Test
    void everythingWrittenSurvivesAProcessKill() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            disk.createDirectory("d");
            disk.create("d/a").write(0, bytes("written"));
            disk.rename("d/a", "d/b");

            disk.crash(CrashKind.PROCESS_KILL);

            assertThat(disk.files()).containsExactly("d/b");
            assertThat(text(disk, "d/b")).isEqualTo("written");
        }
    }

    @Test
    void unforcedBytesMayBeKeptLostTornOrGarbage() throws StorageFault {
        Set<String> outcomes = new HashSet<>();
        byte[] big = new byte[2048];
        Arrays.fill(big, (byte) 'x');
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            durableFile(disk, "a", "").write(0, ByteBuffer.wrap(big));

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(classify(disk.contents("a"), big));
        }
        assertThat(outcomes).containsExactlyInAnyOrder("whole", "nothing", "prefix", "zeros", "mixed", "garbage");
    }

    private static String classify(byte[] found, byte[] written) {
        if (found.length == 0) {
            return "nothing";
        }
        boolean anyZero = false;
        boolean anyOther = false;
        boolean anyData = false;
        for (byte each : found) {
            anyZero |= each == 0;
            anyData |= each == 'x';
            anyOther |= each != 0 && each != 'x';
        }
        if (anyOther) {
            return "garbage";
        }
        if (anyZero) {
            return anyData ? "mixed" : "zeros";
        }
        return found.length == written.length ? "whole" : "prefix";
    }

    @Test
    void overwrittenBytesComeBackWhenTheOverwriteIsLost() throws StorageFault {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = durableFile(disk, "a", "first");
            file.write(0, bytes("other"));
            file.write(0, bytes("third"));

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(text(disk, "a"));
        }
        assertThat(outcomes).contains("first", "other", "third");
    }

    @Test
    void aLaterWriteMaySurviveALostEarlierOneAndLeaveAHole() throws StorageFault {
        boolean foundHole = false;
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = durableFile(disk, "a", "");
            file.write(0, bytes("early"));
            file.write(5, bytes("later"));

            disk.crash(CrashKind.POWER_LOSS);

            foundHole |= text(disk, "a").equals("\0\0\0\0\0later");
        }
        assertThat(foundHole).isTrue();
    }

    @Test
    void anUnforcedTruncationMayBeUndoneButNothingAfterItSurvivesThen() throws StorageFault {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = durableFile(disk, "a", "0123456789");
            file.truncate(4);
            file.write(4, bytes("xy"));

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(text(disk, "a"));
        }
        assertThat(outcomes).contains("0123456789", "0123", "0123xy").doesNotContain("0123xy6789");
    }

    @Test
    void aForcedTruncationStays() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = durableFile(disk, "a", "0123456789");
            file.truncate(4);
            file.force();

            disk.crash(CrashKind.POWER_LOSS);

            assertThat(text(disk, "a")).isEqualTo("0123");
        }
    }

    @Test
    void aNameMayVanishUntilItsDirectoryIsForced() throws StorageFault {
        Set<Boolean> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = disk.create("a");
            file.write(0, bytes("forced"));
            file.force();

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(disk.files().contains("a"));
        }
        assertThat(outcomes).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aFileIsLostWithTheUnforcedDirectoryAboveIt() throws StorageFault {
        Set<Integer> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            disk.createDirectory("d");
            disk.create("d/a");
            disk.forceDirectory("d");

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(disk.files().size());
        }
        assertThat(outcomes).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aRenameIsDoneOrUndoneAndNeverHalf() throws StorageFault {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            durableFile(disk, "checkpoint", "old");
            SegmentFile file = disk.create("checkpoint.tmp");
            file.write(0, bytes("new"));
            file.force();
            disk.rename("checkpoint.tmp", "checkpoint");

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(text(disk, "checkpoint"));
        }
        assertThat(outcomes).containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void aRenameOfAnUnforcedFileMayLeaveItEmpty() throws StorageFault {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            durableFile(disk, "checkpoint", "old");
            disk.create("checkpoint.tmp").write(0, bytes("new"));
            disk.rename("checkpoint.tmp", "checkpoint");

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(text(disk, "checkpoint"));
        }
        assertThat(outcomes).contains("old", "new", "");
    }

    @Test
    void aForcedRenameAndAForcedDeletionStay() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            durableFile(disk, "a", "kept");
            durableFile(disk, "b", "gone");
            disk.rename("a", "c");
            disk.delete("b");
            disk.forceDirectory("");

            disk.crash(CrashKind.POWER_LOSS);

            assertThat(disk.files()).containsExactly("c");
            assertThat(text(disk, "c")).isEqualTo("kept");
        }
    }

    @Test
    void anUnforcedDeletionOfADirectoryMayLeaveSomeOfItsFiles() throws StorageFault {
        Set<Integer> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            disk.createDirectory("d");
            disk.forceDirectory("");
            disk.create("d/a");
            disk.create("d/b");
            disk.forceDirectory("d");
            disk.delete("d");
            assertThat(disk.files()).isEmpty();

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(disk.files().size());
        }
        assertThat(outcomes).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void pagesOfAFailedForceAreReadableUntilThePowerGoesAndForcesThroughAnotherHandleDoNotSaveThem()
            throws StorageFault {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = durableFile(disk, "a", "");
            file.write(0, bytes("lost"));
            disk.useFaults(DiskFaults.atCall(disk.calls() + 1, Fate.FAIL));
            assertThatThrownBy(file::force)
                    .isInstanceOfSatisfying(
                            StorageFault.class,
                            fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.IO));
            assertThatThrownBy(file::force).isInstanceOf(StorageFault.class);
            disk.open("a").force();
            disk.crash(CrashKind.PROCESS_KILL);
            assertThat(text(disk, "a")).isEqualTo("lost");

            disk.crash(CrashKind.POWER_LOSS);

            outcomes.add(text(disk, "a"));
        }
        assertThat(outcomes).contains("", "lost");
    }

    @Test
    void bytesWrittenAfterAFailedForceAreSavedByAForceThroughAnotherHandle() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = disk(seed);
            SegmentFile file = durableFile(disk, "a", "");
            file.write(0, bytes("lost"));
            disk.useFaults(DiskFaults.atCall(disk.calls() + 1, Fate.FAIL));
            assertThatThrownBy(file::force).isInstanceOf(StorageFault.class);
            file.write(4, bytes("kept"));
            disk.open("a").force();

            disk.crash(CrashKind.POWER_LOSS);

            assertThat(disk.contents("a")).hasSize(8).endsWith("kept".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aFullDiskTakesAPartOfTheWriteAndLivesAgainAfterADeletion() throws StorageFault {
        SimulatedDisk disk = disk(7);
        disk.create("old").write(0, bytes("123456"));
        disk.limitTo(10);
        SegmentFile file = disk.create("new");

        assertThatThrownBy(() -> file.write(0, bytes("abcdef")))
                .isInstanceOfSatisfying(
                        StorageFault.class, fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.FULL));
        assertThat(disk.usedBytes()).isLessThanOrEqualTo(10);
        disk.delete("old");
        file.write(0, bytes("abcdef"));

        assertThat(text(disk, "new")).isEqualTo("abcdef");
        assertThat(disk.usedBytes()).isEqualTo(6);
    }

    @Test
    void everyCallCanFailAndEveryCallCanBeTheLast() throws StorageFault {
        long calls = scenarioCalls(DiskFaults.NONE);
        for (long i = 1; i <= calls; i++) {
            DiskFaults fails = DiskFaults.atCall(i, Fate.FAIL);
            assertThatThrownBy(() -> scenarioCalls(fails)).isInstanceOf(StorageFault.class);
            DiskFaults dies = DiskFaults.atCall(i, Fate.LOSE_POWER);
            assertThatThrownBy(() -> scenarioCalls(dies))
                    .isInstanceOfSatisfying(
                            CrashNow.class, crash -> assertThat(crash.kind()).isEqualTo(CrashKind.POWER_LOSS));
        }
        assertThat(calls).isEqualTo(12);
    }

    private static long scenarioCalls(DiskFaults faults) throws StorageFault {
        SimulatedDisk disk = disk(3);
        disk.useFaults(faults);
        disk.createDirectory("d");
        SegmentFile file = disk.create("d/a");
        file.write(0, bytes("abc"));
        file.force();
        file.truncate(1);
        file.read(0, ByteBuffer.allocate(1));
        file.close();
        disk.rename("d/a", "d/b");
        disk.forceDirectory("d");
        disk.open("d/b").close();
        disk.exists("d/b");
        disk.list("d");
        disk.delete("d");
        return disk.calls();
    }

    @Test
    void handlesDieWithTheirProcess() throws StorageFault {
        SimulatedDisk disk = disk(1);
        SegmentFile file = disk.create("a");
        disk.crash(CrashKind.PROCESS_KILL);

        assertThatThrownBy(() -> file.write(0, bytes("x"))).isInstanceOf(DiskMisuse.class);
        assertThatThrownBy(file::force).isInstanceOf(DiskMisuse.class);
        assertThatThrownBy(file::close).isInstanceOf(DiskMisuse.class);
        assertThat(disk.openFiles()).isZero();
    }

    @Test
    void slicesAreCountedStayReadableAfterADeletionAndForbidACutBelowThem() throws StorageFault {
        SimulatedDisk disk = disk(1);
        SegmentFile file = disk.create("a");
        file.write(0, bytes("0123456789"));
        FetchedSlice slice = file.slice(2, 3);

        assertThat(disk.openSlices()).isEqualTo(1);
        assertThatThrownBy(() -> file.truncate(4)).isInstanceOf(DiskMisuse.class);
        disk.delete("a");
        assertThat(StandardCharsets.UTF_8
                        .decode(((SimulatedSlice) slice).bytes())
                        .toString())
                .isEqualTo("234");
        slice.release();
        assertThat(disk.openSlices()).isZero();
        assertThatThrownBy(slice::release).isInstanceOf(DiskMisuse.class);
    }

    @Test
    void aFlippedBitIsReadAndSurvives() throws StorageFault {
        SimulatedDisk disk = disk(1);
        durableFile(disk, "a", "abc");
        disk.flipBit("a", 1, 0);
        disk.crash(CrashKind.POWER_LOSS);

        assertThat(text(disk, "a")).isEqualTo("acc");
    }

    @Test
    void missingAndTakenNamesAreTypedFaults() throws StorageFault {
        SimulatedDisk disk = disk(1);
        disk.create("a");

        assertThatThrownBy(() -> disk.open("b"))
                .isInstanceOfSatisfying(
                        StorageFault.class, fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.MISSING));
        assertThatThrownBy(() -> disk.create("a"))
                .isInstanceOfSatisfying(
                        StorageFault.class, fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.EXISTS));
        assertThatThrownBy(() -> disk.create("d/a")).isInstanceOf(StorageFault.class);
        assertThat(disk.list("d")).isEmpty();
        disk.delete("b");
    }

    @Test
    void durableBytesAreThoseThatNoPowerLossTakes() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            SeededRandom random = new SeededRandom(seed);
            SimulatedDisk disk = disk(seed);
            SegmentFile file = disk.create("a");
            for (int step = 0; step < 20; step++) {
                switch (random.nextInt(5)) {
                    case 0 -> file.force();
                    case 1 -> disk.forceDirectory("");
                    case 2 -> file.truncate(random.nextLong(file.sizeBytes() + 1));
                    default -> file.write(random.nextLong(file.sizeBytes() + 1), bytes("x" + step + seed));
                }
            }
            int durable = disk.durableBytes("a");
            byte[] before = disk.contents("a");

            disk.crash(CrashKind.POWER_LOSS);

            if (durable > 0) {
                assertThat(Arrays.copyOf(disk.contents("a"), durable)).isEqualTo(Arrays.copyOf(before, durable));
            }
        }
    }

    @Test
    void theSameSeedLeavesTheSameBytes() throws StorageFault {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(remainsOf(seed)).isEqualTo(remainsOf(seed));
        }
    }

    private static String remainsOf(long seed) throws StorageFault {
        SimulatedDisk disk = disk(seed);
        for (int i = 0; i < 5; i++) {
            SegmentFile file = disk.create("f" + i);
            file.write(0, bytes("some bytes of file " + i));
        }
        disk.rename("f0", "g0");
        disk.delete("f1");
        disk.crash(CrashKind.POWER_LOSS);
        StringBuilder remains = new StringBuilder();
        for (String path : disk.files()) {
            remains.append(path)
                    .append('=')
                    .append(Arrays.hashCode(disk.contents(path)))
                    .append(' ');
        }
        return remains.toString();
    }
}
