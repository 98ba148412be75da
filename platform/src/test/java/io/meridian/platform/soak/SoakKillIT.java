package io.meridian.platform.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.terminal.LoggingSetup;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakKillIT {
    private static final int KILLS = 10;

    @TempDir
    Path directory;

    @Test
    void tenKillsUnderLoadLoseDoubleAndReorderNothing() throws Exception {
        LoggingSetup.quietClients();
        long seed = Long.getLong("meridian.soak.seed", System.nanoTime());
        KillPlan plan = new KillPlan(
                NodeCommand.on(directory.resolve("data")).with("num.network.threads", "2"),
                directory.resolve("errors"),
                KILLS,
                Duration.ofMillis(500),
                3,
                2,
                10_000,
                seed,
                5,
                false);

        KillReport report = new KillSoak(plan, System.out::println).run();

        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.requestsInFlight())
                .as("requests in flight at each kill: the load must be pipelined")
                .anyMatch(requests -> requests >= 5);
    }
}
