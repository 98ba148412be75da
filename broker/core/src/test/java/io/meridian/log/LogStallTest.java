package io.meridian.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.log.testing.LogDriver;
import io.meridian.log.testing.MemoryStorage;
import org.junit.jupiter.api.Test;

/// A volume without space holds a log up and breaks nothing.
class LogStallTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final LogDriver driver = new LogDriver(storage, LogConfig.DEFAULT);

    @Test
    void writeThatFoundNoSpaceIsDoneAgainAtTheSamePlace() {
        driver.openNew();
        driver.appends("a");
        storage.setFull(true);
        driver.append(driver.batch("b").build());
        driver.append(driver.batch("c").build());
        driver.write();

        assertThat(driver.log().isStalled()).isTrue();
        assertThat(driver.fault()).isNull();
        assertThat(driver.log().writtenEndOffset()).isEqualTo(1);
        assertThat(driver.log().nextJob(driver.now())).isNull();

        storage.setFull(false);
        driver.log().resume();
        driver.write();
        driver.sync();

        assertThat(driver.log().syncedEndOffset()).isEqualTo(3);
        assertThat(driver.readAll()).containsExactly("a", "b", "c");
    }

    @Test
    void requestsGetTheirMemoryBackWhileTheirBatchesWait() {
        driver.openNew();
        storage.setFull(true);
        driver.append(driver.batch("a").build());
        driver.write();

        assertThat(driver.lease().held()).isZero();
        storage.setFull(false);
        driver.log().resume();
        driver.write();
        assertThat(driver.readAll()).containsExactly("a");
    }

    @Test
    void rollThatFoundNoSpaceIsDoneAgain() {
        int batch = driver.batch("a").build().remaining();
        driver.config(LogConfig.DEFAULT.withSegmentBytes(batch)).openNew();
        driver.appends("a");
        storage.setFull(true);
        driver.append(driver.batch("b").build());
        driver.write();
        assertThat(driver.log().isStalled()).isTrue();

        storage.setFull(false);
        driver.log().resume();
        driver.write();

        assertThat(driver.log().segmentCount()).isEqualTo(2);
        assertThat(driver.readAll()).containsExactly("a", "b");
    }

    @Test
    void crashOfAStalledLogKeepsWhatWasWritten() {
        driver.openNew();
        driver.appends("a");
        driver.sync();
        storage.setFull(true);
        driver.append(driver.batch("b").build());
        driver.write();
        storage.kill();
        storage.setFull(false);

        driver.recover(0);

        assertThat(driver.readAll()).containsExactly("a");
    }

    @Test
    void logThatIsGivenUpIsOutOfService() {
        driver.openNew();
        storage.setFull(true);
        driver.append(driver.batch("a").build());
        driver.write();

        driver.log().giveUp();

        assertThat(driver.fault()).isNotNull();
        assertThat(driver.log().isStalled()).isFalse();
        assertThat(driver.log().isIdle()).isTrue();
    }
}
