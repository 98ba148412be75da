package io.meridian.platform.soak;

import io.meridian.platform.soak.flood.FloodCommand;
import io.meridian.platform.soak.frames.FramesCommand;
import io.meridian.platform.soak.groups.GroupsCommand;
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

/// `soak`: long checks of a real node.
@Command(
        name = "soak",
        description = "Long checks of a real node under load.",
        mixinStandardHelpOptions = true,
        subcommands = {SoakCommand.Kill.class, GroupsCommand.class, FramesCommand.class, FloodCommand.class})
public final class SoakCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw Refused.askedWrongly(
                "soak: found no check to run, expected `soak kill`, `soak groups`, `soak frames` or" + " `soak flood`");
    }

    /// `soak kill`: SIGKILL under load.
    @Command(
            name = "kill",
            description = "Kills a node under idempotent load again and again and checks that nothing acknowledged is"
                    + " lost, doubled or out of order.",
            mixinStandardHelpOptions = true)
    static final class Kill implements Callable<Integer> {
        @Option(names = "--kills", defaultValue = "200", description = "Kills under load (${DEFAULT-VALUE}).")
        private int kills;

        @Option(names = "--seed", description = "Seed of the moments and choices; drawn if not given.")
        private @Nullable Long seed;

        @Option(names = "--partitions", defaultValue = "3", description = "Partitions a topic (${DEFAULT-VALUE}).")
        private int partitions;

        @Option(names = "--producers", defaultValue = "4", description = "Producers (${DEFAULT-VALUE}).")
        private int producers;

        @Option(
                names = "--rate",
                defaultValue = "10000",
                description = "Records a second, all producers together (${DEFAULT-VALUE}).")
        private int rate;

        @Option(
                names = "--kill-within-ms",
                defaultValue = "1500",
                description = "A kill comes at a random moment of this time under load (${DEFAULT-VALUE}).")
        private long killWithinMs;

        @Option(
                names = "--verify-every",
                defaultValue = "50",
                description = "Reads everything back after so many kills, 0 for only at the end (${DEFAULT-VALUE}).")
        private int verifyEvery;

        @Option(names = "--plain-topics", hidden = true)
        private boolean plainTopics;

        @Mixin
        private final SoakPlace place = new SoakPlace();

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (kills < 1
                    || partitions < 1
                    || producers < 1
                    || rate < producers
                    || killWithinMs < 0
                    || verifyEvery < 0) {
                throw Refused.askedWrongly("soak kill: --kills, --partitions, --producers start at 1, --rate at"
                        + " --producers, --kill-within-ms and --verify-every at 0");
            }
            LoggingSetup.quietClients();
            Long givenSeed = seed;
            KillPlan plan = new KillPlan(
                    place.nodeOfSeveralLoops(),
                    place.errors(),
                    kills,
                    Duration.ofMillis(killWithinMs),
                    producers,
                    partitions,
                    rate,
                    givenSeed != null ? givenSeed : System.nanoTime(),
                    verifyEvery,
                    plainTopics);
            System.out.println("soak kill: seed " + plan.seed() + ", data in " + place.directory()
                    + ", node's errors in " + plan.errors());
            KillReport report = new KillSoak(plan, System.out::println).run();
            System.out.println(report.text());
            if (report.passed()) {
                place.clear();
            }
            return report.passed() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
        }
    }
}
