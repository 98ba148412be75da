package io.meridian.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Seeds that once broke a promise, with what they found. A change of what a seed draws may turn them into ordinary
/// ones; they cost little.
class SeedRegressionTest {
    @ParameterizedTest
    @CsvSource({
        "3, a later batch in flight was stored before the refused first one of a new producer",
        "22, the first batch of a new producer was out of order for ever",
        "77, a topic took over the files of a deleted one of its name",
        "176, recovery believed pages of a failed force and a power loss took them",
        "271, the metadata log had a hole behind a failed force",
        "283, segments set aside came back under the names of newer ones",
        "443, the metadata log was closed twice during a stop",
        "894, a log without its first segment refused its readers and producers",
        "929, leader epochs rebuilt by a recovery were lost by the next one",
        "1241, every snapshot was above the end that a crash left, and producers of deleted segments were forgotten",
        "1840, checkpoints were believed behind a failed sync of the log directory",
        "3439, a tail that was cut came back behind a sealed segment and took the partition offline",
        "3636, retries were refused for want of space until their originals were forgotten",
        "5876, a tail that was cut came back behind the clean end of a log"
    })
    void seedStaysFixed(long seed, String found) {
        SeedReport report = Simulation.run(seed);

        assertThat(report.violation()).as(found).isNull();
    }
}
