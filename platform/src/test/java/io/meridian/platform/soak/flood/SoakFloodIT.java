package io.meridian.platform.soak.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.terminal.LoggingSetup;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form. Machines that run tests are busy: what clients felt is the long form's to judge.
class SoakFloodIT {
    private static final double ANY_GROWTH = 1_000;

    @TempDir
    Path directory;

    @Test
    void strangersGetFewPlacesAndGiveThemBackInTime() throws Exception {
        LoggingSetup.quietClients();
        FloodPlan plan = new FloodPlan(
                NodeCommand.on(directory.resolve("data")),
                directory.resolve("errors"),
                4_000,
                2_000,
                150,
                Duration.ofSeconds(1),
                ANY_GROWTH);

        FloodReport report = new FloodSoak(plan, System.out::println).run();

        assertThat(report.passed()).as(report.text()).isTrue();
        Strangers.Outcome flood = report.phases().get(1).strangers().getFirst();
        assertThat(flood.refused()).as(report.text()).isGreaterThan(3_000);
        assertThat(flood.held()).as(report.text()).isPositive();
    }
}
