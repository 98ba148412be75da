package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Storage fails at any call, also during recovery: what was synced is never lost, and nothing but faults is
/// reported.
class LogFaultPropertyTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 60;

    private final List<String> values = new ArrayList<>();
    private int synced;
    private long checkpoint;

    @Test
    void whatWasSyncedSurvivesAnyFault() {
        int faults = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            values.clear();
            synced = 0;
            checkpoint = 0;
            faults += run(new SeededRandom(seed), "seed " + seed);
        }
        assertThat(faults).isGreaterThan(SEEDS);
    }

    private int run(SeededRandom random, String name) {
        MemoryStorage storage = new MemoryStorage();
        LogDriver driver =
                new LogDriver(storage, LogConfig.DEFAULT.withSegmentBytes(800).withIndexIntervalBytes(100));
        driver.openNew();
        int faults = 0;
        for (int step = 0; step < STEPS; step++) {
            if (random.chance(12)) {
                storage.failAfter(random.nextInt(12));
            }
            step(driver, random);
            if (driver.fault() != null) {
                faults++;
                assertThat(driver.lease().held()).as(name).isZero();
                reopen(storage, driver, random, name);
            }
        }
        reopen(storage, driver, random, name);
        return faults;
    }

    private void step(LogDriver driver, SeededRandom random) {
        int draw = random.nextInt(10);
        if (draw < 6) {
            String value = "value-" + values.size();
            if (driver.append(driver.batch(value).build()) instanceof AppendOutcome.Appended) {
                values.add(value);
            }
            driver.write();
        } else if (draw < 9) {
            driver.sync();
        } else {
            driver.maintain();
        }
        synced = (int) driver.log().syncedEndOffset();
        checkpoint = driver.log().recoveryPoint();
    }

    private void reopen(MemoryStorage storage, LogDriver driver, SeededRandom random, String name) {
        OpenPoint point = new OpenPoint(checkpoint, 0, false, true);
        for (int attempt = 0; attempt < 3; attempt++) {
            storage.crash(random);
            storage.failAfter(random.nextInt(25));
            OpenResult result = driver.tryOpen(point);
            assertThat(result).as(name).isNotInstanceOf(OpenResult.Damaged.class);
        }
        storage.crash(random);
        driver.open(point);
        int end = (int) driver.log().logEndOffset();
        assertThat(end).as(name).isBetween(synced, values.size());
        assertThat(driver.readAll()).as(name).isEqualTo(values.subList(0, end));
        values.subList(end, values.size()).clear();
        synced = end;
    }
}
