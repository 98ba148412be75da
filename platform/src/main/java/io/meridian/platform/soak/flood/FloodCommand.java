package io.meridian.platform.soak.flood;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.soak.place.SoakPlace;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `soak flood`: connections nobody asked for.
@Command(
        name = "flood",
        description = "Floods a node with connections, then with some that dribble a byte a second, and checks that"
                + " clients which were there before hardly notice and that every place is free again in time.",
        mixinStandardHelpOptions = true)
public final class FloodCommand implements Callable<Integer> {
    @Option(names = "--attempts", defaultValue = "20000", description = "Connections of the flood (${DEFAULT-VALUE}).")
    private int attempts;

    @Option(names = "--rate", defaultValue = "2000", description = "Of them a second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--slow",
            defaultValue = "500",
            description = "Connections that dribble, to each port (${DEFAULT-VALUE}).")
    private int slow;

    @Option(
            names = "--quiet-seconds",
            defaultValue = "10",
            description = "How long clients are measured before anything happens (${DEFAULT-VALUE}).")
    private int quietSeconds;

    @Option(
            names = "--growth",
            defaultValue = "2",
            description = "How many times its quiet value clients' p99 may be (${DEFAULT-VALUE}).")
    private double growth;

    @Mixin
    private final SoakPlace place = new SoakPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoggingSetup.quietClients();
        FloodPlan plan = plan();
        System.out.println("soak flood: data in " + place.directory() + ", node's errors in " + plan.errors());
        FloodReport report = new FloodSoak(plan, System.out::println).run();
        System.out.println(report.text());
        if (report.passed()) {
            place.clear();
        }
        return report.passed() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }

    private FloodPlan plan() throws IOException {
        NodeCommand node = place.node(place.directory());
        try {
            return new FloodPlan(node, place.errors(), attempts, rate, slow, Duration.ofSeconds(quietSeconds), growth);
        } catch (IllegalArgumentException e) {
            throw Refused.askedWrongly("soak flood: " + e.getMessage());
        }
    }
}
