package io.meridian.platform.soak.groups;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.soak.place.SoakPlace;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `soak groups`: members that come and go.
@Command(
        name = "groups",
        description = "Lets members come and go in many consumer groups of a node that is killed meanwhile, and checks"
                + " from the members' own logs that no partition had two owners, no commit was lost and nobody was"
                + " disturbed without need.",
        mixinStandardHelpOptions = true)
public final class GroupsCommand implements Callable<Integer> {
    /// How long a group that was empty waits for more members than the first. Shorter than the default, so that
    /// groups that do not live long still have several generations.
    private static final String GATHERING_MS = "200";

    /// All members come from one address, with up to three connections each.
    private static final String CONNECTIONS_MAX = "10000";

    @Option(names = "--groups", defaultValue = "1000", description = "Groups (${DEFAULT-VALUE}).")
    private int groups;

    @Option(
            names = "--members",
            defaultValue = "200",
            description = "Members that live at once at most, in fours (${DEFAULT-VALUE}).")
    private int members;

    @Option(
            names = "--minutes",
            defaultValue = "5",
            description = "How long members come and go; fractions are possible (${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--kills",
            defaultValue = "5",
            description = "Kills meanwhile; one more follows at the end (${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--seed", description = "Seed of the moments and choices; drawn if not given.")
    private @Nullable Long seed;

    @Mixin
    private final SoakPlace place = new SoakPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoggingSetup.quietClients();
        GroupsPlan plan = plan();
        System.out.println("soak groups: seed " + plan.seed() + ", data in " + place.directory() + ", node's errors in "
                + plan.errors() + ", if it fails members' logs in " + plan.logs());
        GroupsReport report = new GroupsSoak(plan, System.out::println).run();
        System.out.println(report.text());
        if (report.passed()) {
            place.clear();
        }
        return report.passed() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }

    private GroupsPlan plan() throws IOException {
        Long givenSeed = seed;
        NodeCommand node = place.nodeOfSeveralLoops()
                .with("group.initial.rebalance.delay.ms", GATHERING_MS)
                .with("max.connections.per.ip", CONNECTIONS_MAX)
                .with("max.connection.creation.rate.per.ip", CONNECTIONS_MAX);
        try {
            return new GroupsPlan(
                    node,
                    place.errors(),
                    place.sibling("members"),
                    groups,
                    members,
                    Duration.ofMillis(Math.round(minutes * 60_000)),
                    kills,
                    givenSeed != null ? givenSeed : System.nanoTime());
        } catch (IllegalArgumentException e) {
            throw Refused.askedWrongly("soak groups: " + e.getMessage());
        }
    }
}
