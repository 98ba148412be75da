package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs a log and a list side by side through appends, rolls, syncs, crashes and restarts.
class PartitionLogPropertyTest {
    private static final int SEEDS = 150;
    private static final int STEPS = 120;

    /// What must be true of the log after everything that happened to it.
    private static final class Model {
        private final List<String> values = new ArrayList<>();
        private int synced;
        private long checkpoint;
        private int sequence;
    }

    @Test
    void logHoldsWhatWasSyncedAndAPrefixOfWhatWasWritten() {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(new SeededRandom(seed), "seed " + seed);
        }
    }

    private static void run(SeededRandom random, String name) {
        MemoryStorage storage = new MemoryStorage();
        LogConfig config = LogConfig.DEFAULT
                .withSegmentBytes(1000 + random.nextInt(4000))
                .withIndexIntervalBytes(50 + random.nextInt(500))
                .withFlushPolicy(random.chance(30) ? FlushPolicy.OS : FlushPolicy.ACK);
        LogDriver driver = new LogDriver(storage, config);
        Model model = new Model();
        driver.openNew();
        for (int step = 0; step < STEPS; step++) {
            int draw = random.nextInt(100);
            if (draw < 55) {
                append(driver, model, random);
            } else if (draw < 70) {
                driver.write();
                driver.sync();
                model.synced = model.values.size();
            } else if (draw < 80) {
                driver.write();
                driver.maintain();
                model.synced = (int) Math.max(model.synced, driver.log().syncedEndOffset());
                model.checkpoint = driver.log().recoveryPoint();
            } else if (draw < 92) {
                driver.write();
                check(driver, model, random, name);
            } else if (draw < 97) {
                crash(storage, driver, model, random, name);
            } else {
                restart(driver, model);
            }
        }
        crash(storage, driver, model, random, name);
        check(driver, model, random, name);
    }

    private static void append(LogDriver driver, Model model, SeededRandom random) {
        String[] values = new String[1 + random.nextInt(3)];
        for (int index = 0; index < values.length; index++) {
            values[index] = model.values.size() + ":" + "x".repeat(random.nextInt(200));
            model.values.add(values[index]);
        }
        AppendOutcome outcome = driver.append(
                driver.batch(values).producer(7, (short) 0, model.sequence).build());
        model.sequence += values.length;
        long last = model.values.size() - 1L;
        assertThat(outcome).isEqualTo(new AppendOutcome.Appended(last - values.length + 1, last, -1));
    }

    private static void check(LogDriver driver, Model model, SeededRandom random, String name) {
        int from = random.nextInt(model.values.size() + 1);
        int maxBytes = 1 + random.nextInt(3000);
        assertThat(driver.readAll(from, maxBytes, ReadBound.WRITTEN_END))
                .as(name)
                .isEqualTo(model.values.subList(from, model.values.size()));
        int bound = (int) driver.log().highWatermark();
        assertThat(driver.readAll(Math.min(from, bound), maxBytes, ReadBound.HIGH_WATERMARK))
                .as(name)
                .isEqualTo(model.values.subList(Math.min(from, bound), bound));
    }

    private static void crash(MemoryStorage storage, LogDriver driver, Model model, SeededRandom random, String name) {
        if (random.nextBoolean()) {
            driver.write();
        }
        if (random.nextBoolean()) {
            storage.crash(random);
        } else {
            storage.kill();
        }
        driver.recover(model.checkpoint);
        int end = (int) driver.log().logEndOffset();
        assertThat(end).as(name).isBetween(model.synced, model.values.size());
        assertThat(driver.log().syncedEndOffset()).isEqualTo(end);
        model.values.subList(end, model.values.size()).clear();
        model.synced = end;
        model.sequence = end;
        assertThat(driver.readAll()).as(name).isEqualTo(model.values);
    }

    private static void restart(LogDriver driver, Model model) {
        driver.write();
        assertThat(driver.close()).isNull();
        model.synced = model.values.size();
        model.checkpoint = model.values.size();
        driver.open(new OpenPoint(model.checkpoint, 0, true, true));
        assertThat(driver.report().scannedBytes()).isZero();
    }
}
