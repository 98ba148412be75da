package io.meridian.platform.soak.flood;

import io.meridian.platform.node.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs one flood soak: clients alone, a flood of connections, connections that dribble, and a newcomer at the end.
///
/// Used once.
final class FloodSoak {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final FloodPlan plan;
    private final Consumer<String> progress;
    private final List<FloodReport.Phase> phases = new ArrayList<>();

    /// @param progress gets a line now and then
    FloodSoak(FloodPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// Does what was planned. A soak that cannot go on is reported as trouble, not thrown.
    FloodReport run() throws InterruptedException {
        long failed = 0;
        boolean cleanStop = false;
        String trouble = "";
        Duration newcomer = Duration.ZERO;
        NodeProcess node = NodeProcess.start(plan.node(), plan.errors());
        try {
            node.awaitReady(START_LIMIT);
            try (SettledClients clients = SettledClients.start(plan.node().bootstrap())) {
                attack(clients);
                failed = clients.failed();
            }
            newcomer = timeOfNewcomer();
            cleanStop = node.stop(STOP_LIMIT) == 0;
        } catch (IllegalStateException | CompletionException e) {
            trouble = String.valueOf(e.getMessage());
        } finally {
            node.close();
        }
        return new FloodReport(plan, phases, failed, newcomer, cleanStop, trouble);
    }

    private void attack(SettledClients clients) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
        Latencies quiet = clients.measure();
        TimeUnit.MILLISECONDS.sleep(plan.quiet().toMillis());
        phases.add(new FloodReport.Phase("quiet", quiet, List.of()));
        progress.accept("measured alone, now " + plan.attempts() + " connections");
        phase(
                "flood",
                clients,
                new Strangers(
                        port(plan.node().port()), plan.attempts(), plan.attemptsPerSecond(), new byte[0], patience()));
        progress.accept("now " + plan.slow() + " connections to each port that dribble");
        phase(
                "slow",
                clients,
                new Strangers(port(plan.node().port()), plan.slow(), plan.slow(), Strangers.KAFKA, patience()),
                new Strangers(port(plan.node().httpPort()), plan.slow(), plan.slow(), Strangers.HTTP, patience()));
    }

    private static Duration patience() {
        return FloodReport.FREED_WITHIN.multipliedBy(2);
    }

    private static InetSocketAddress port(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void phase(String name, SettledClients clients, Strangers... attackers) {
        Latencies felt = clients.measure();
        List<CompletableFuture<Strangers.Outcome>> running = new ArrayList<>();
        for (Strangers attacker : attackers) {
            running.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return attacker.run();
                } catch (IOException e) {
                    throw new IllegalStateException("the strangers could not go on: " + e.getMessage(), e);
                }
            }));
        }
        List<Strangers.Outcome> outcomes =
                running.stream().map(CompletableFuture::join).toList();
        clients.measure();
        phases.add(new FloodReport.Phase(name, felt, outcomes));
    }

    private Duration timeOfNewcomer() throws InterruptedException {
        long beganNs = System.nanoTime();
        new Newcomer(plan.node().bootstrap()).ask();
        return Duration.ofNanos(System.nanoTime() - beganNs);
    }
}
