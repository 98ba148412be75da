package io.meridian.platform.soak.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.terminal.LoggingSetup;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakGroupsIT {
    @TempDir
    Path directory;

    @Test
    void twoKillsWhileMembersComeAndGoLeaveOwnersCommitsAndGenerationsAsTheyWere() throws Exception {
        LoggingSetup.quietClients();
        NodeCommand node = NodeCommand.on(directory.resolve("data"))
                .with("group.initial.rebalance.delay.ms", "200")
                .with("num.network.threads", "2");
        GroupsPlan plan = new GroupsPlan(
                node,
                directory.resolve("errors"),
                directory.resolve("members"),
                40,
                24,
                Duration.ofSeconds(20),
                2,
                Long.getLong("meridian.soak.seed", System.nanoTime()));

        GroupsReport report = new GroupsSoak(plan, System.out::println).run();

        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.generations())
                .as("generations of all groups: members must come and go")
                .isGreaterThan(plan.groups());
    }
}
