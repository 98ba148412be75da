package io.meridian.platform.soak.flood;

import io.meridian.platform.node.FreePort;
import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(names = "--data", description = "Data directory of the node; a temporary one if not given.")
    private @Nullable Path data;

    @Option(names = "--port", description = "Port of the node; any free one if not given.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoggingSetup.quietClients();
        Path given = data;
        Path directory = given != null ? given : Files.createTempDirectory("meridian-soak");
        Files.createDirectories(directory);
        Path errors = directory.resolveSibling(directory.getFileName() + ".errors");
        FloodPlan plan = plan(directory, errors);
        System.out.println("soak flood: data in " + directory + ", node's errors in " + errors);
        FloodReport report = new FloodSoak(plan, System.out::println).run();
        System.out.println(report.text());
        if (report.passed() && given == null) {
            delete(directory);
            Files.deleteIfExists(errors);
        }
        return report.passed() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }

    private FloodPlan plan(Path directory, Path errors) {
        Integer givenPort = port;
        NodeCommand node = new NodeCommand(
                directory, givenPort != null ? givenPort : FreePort.next(), FreePort.next(), new TreeMap<>());
        try {
            return new FloodPlan(node, errors, attempts, rate, slow, Duration.ofSeconds(quietSeconds), growth);
        } catch (IllegalArgumentException e) {
            throw Refused.askedWrongly("soak flood: " + e.getMessage());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
