package io.meridian.platform;

import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import io.meridian.server.config.SettingSources;
import io.meridian.server.runtime.StartRefused;
import io.meridian.settings.GroupSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `up`: a node in the foreground until a signal ends it.
///
/// Of the places where a setting can be given the later wins: the file, `--port` and `--http-port`, `--set`.
@Command(
        name = "up",
        description = "Starts a node in the foreground. SIGTERM or SIGINT stops it cleanly, a second one at once.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "meridian-data",
            description = "Data directory, created if it is not there (./${DEFAULT-VALUE}).")
    private Path data = Path.of("meridian-data");

    @Option(names = "--port", paramLabel = "N", description = "Port for Kafka clients, on loopback (9092).")
    private @Nullable Integer port;

    @Option(names = "--http-port", paramLabel = "N", description = "Port for /health and /metrics (8080).")
    private @Nullable Integer httpPort;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings, one key=value a line.")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "key=value", description = "One setting; may be repeated.")
    private List<String> set = new ArrayList<>();

    @Option(names = "--verbose", description = "Shows what the node does, on standard error.")
    private boolean verbose;

    @Override
    public Integer call() throws InterruptedException {
        long startedNs = System.nanoTime();
        if (verbose) {
            LoggingSetup.verbose();
        }
        Path directory = data.toAbsolutePath().normalize();
        AtomicReference<@Nullable LocalNode> started = new AtomicReference<>();
        Shutdown shutdown = Shutdown.onSignal(() -> close(started.get()));
        LocalNode node;
        try {
            node = LocalNode.start(directory, settings());
        } catch (Refused refused) {
            shutdown.forget();
            throw refused;
        }
        started.set(node);
        print(directory, node, (System.nanoTime() - startedNs) / 1e9);
        shutdown.awaitForever();
        return 0;
    }

    /// A node that a signal meets while it starts is left as a kill would leave it: there is nothing to hand back
    /// yet.
    private static void close(@Nullable LocalNode node) {
        if (node != null) {
            node.close();
        }
    }

    private SortedMap<String, String> settings() {
        List<String> assignments = new ArrayList<>();
        if (port != null) {
            assignments.add("port=" + port);
        }
        if (httpPort != null) {
            assignments.add("http.port=" + httpPort);
        }
        assignments.addAll(set);
        try {
            SortedMap<String, String> settings = new TreeMap<>(SettingSources.collect(config, assignments));
            // Somebody who tries a consumer must not wait for others; a file or --set may ask for it.
            settings.putIfAbsent(GroupSettings.INITIAL_REBALANCE_DELAY_MS.name(), "0");
            return settings;
        } catch (StartRefused e) {
            throw Refused.askedWrongly(String.valueOf(e.getMessage()));
        }
    }

    private static void print(Path directory, LocalNode node, double seconds) {
        String bootstrap = "127.0.0.1:" + node.clientPort();
        String http = "http://127.0.0.1:" + node.httpPort();
        StringBuilder text = new StringBuilder();
        text.append(Version.line()).append(", data in ").append(directory).append('\n');
        text.append("  clients  ").append(bootstrap).append("  (bootstrap.servers)\n");
        text.append("  http     ").append(http).append("/health  ").append(http).append("/metrics\n");
        node.report()
                .offline()
                .forEach((partition, reason) -> text.append("  offline  ")
                        .append(partition)
                        .append(": ")
                        .append(reason)
                        .append('\n'));
        node.report()
                .unclaimedDirectories()
                .forEach(unclaimed -> text.append("  unclaimed  ")
                        .append(unclaimed)
                        .append(": no topic has this partition; left alone\n"));
        text.append("try, from the project's directory in another shell:\n");
        for (ClientLines.Line line : ClientLines.of(bootstrap)) {
            text.append(String.format(Locale.ROOT, "  %-8s %s%n", line.name(), line.command()));
            if (!line.needs().isEmpty()) {
                text.append("           needs: ").append(line.needs()).append('\n');
            }
        }
        text.append(String.format(Locale.ROOT, "ready in %.1f s, Ctrl-C stops", seconds));
        System.out.println(text);
        System.out.flush();
    }
}
