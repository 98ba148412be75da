package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemoryStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Opens directories whose files were overwritten at random: the log is refused, or what it serves is what was
/// written.
class LogRecoveryFuzzTest {
    private static final int ROUNDS = Integer.getInteger("meridian.fuzz.rounds", 1500);
    private static final int BATCHES = 40;

    @Test
    void damagedDirectoriesAreRefusedOrServeWhatWasWritten() {
        int opened = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            opened += round(new SeededRandom(seed), "seed " + seed) ? 1 : 0;
        }
        assertThat(opened).isBetween(ROUNDS / 10, ROUNDS);
    }

    private static boolean round(SeededRandom random, String name) {
        MemoryStorage storage = new MemoryStorage();
        LogDriver driver =
                new LogDriver(storage, LogConfig.DEFAULT.withSegmentBytes(1000).withIndexIntervalBytes(100));
        driver.openNew();
        List<String> values = new ArrayList<>();
        for (int index = 0; index < BATCHES; index++) {
            values.add("value-" + index);
            driver.append(
                    driver.batch("value-" + index).producer(5, (short) 0, index).build());
            driver.write();
        }
        driver.sync();
        if (random.nextBoolean()) {
            driver.close();
        } else {
            driver.maintain();
        }
        List<String> files = storage.files();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            String path = files.get(random.nextInt(files.size()));
            storage.overwrite(path, damaged(storage.bytes(path), random));
        }
        OpenPoint point = new OpenPoint(random.nextInt(BATCHES + 1), 0, random.nextBoolean(), true);
        if (!(driver.tryOpen(point) instanceof OpenResult.Opened)) {
            return false;
        }
        for (int from = 0; from <= driver.log().logEndOffset() && from <= BATCHES; from += 7) {
            List<String> served = driver.readAll(from, 500, ReadBound.WRITTEN_END);
            assertThat(served).as(name).isEqualTo(values.subList(from, from + served.size()));
        }
        driver.lookup(new OffsetLookup.AtOrAfter(LogDriver.START_MS, ReadBound.WRITTEN_END));
        driver.append(driver.batch("more").build());
        driver.write();
        driver.sync();
        assertThat(driver.fault()).as(name).isNull();
        return true;
    }

    private static byte[] damaged(byte[] bytes, SeededRandom random) {
        byte[] result = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> result = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> result = Arrays.copyOf(bytes, bytes.length + random.nextInt(300));
            case 2 -> {
                int from = random.nextInt(bytes.length + 1);
                int to = Math.min(bytes.length, from + random.nextInt(80));
                for (int index = from; index < to; index++) {
                    result[index] = (byte) random.nextInt();
                }
            }
            default -> {
                if (bytes.length > 0) {
                    result[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return result;
    }
}
