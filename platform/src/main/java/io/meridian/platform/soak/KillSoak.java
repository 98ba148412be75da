package io.meridian.platform.soak;

import io.meridian.base.SeededRandom;
import io.meridian.platform.node.NodeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/// Runs one kill soak: load, SIGKILL at random moments, restart, and at the end a comparison of all that was
/// promised.
///
/// Used once. Everything happens on the caller's thread but for the producers' own threads.
public final class KillSoak {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(1);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration READ_PATIENCE = Duration.ofMinutes(1);
    private static final int POLL_MS = 1;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 100;

    /// One restart in this many is killed before it is ready, so that recovery itself is interrupted.
    private static final int STARTS_PER_EARLY_KILL = 8;

    private final KillPlan plan;
    private final Consumer<String> progress;
    private final SeededRandom random;
    private final Tally tally = new Tally();
    private final List<LoadProducer> producers = new ArrayList<>();
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final List<Duration> readyTimes = new ArrayList<>();
    private final List<Integer> requestsInFlight = new ArrayList<>();
    private List<Findings> findings = List.of();
    private int killsUnderLoad;
    private int killsWhileStarting;
    private boolean cleanStop;

    /// @param progress gets a line now and then
    public KillSoak(KillPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.random = new SeededRandom(plan.seed());
    }

    /// Does what was planned. A soak that cannot go on is reported as trouble, not thrown.
    public KillReport run() throws InterruptedException {
        String trouble = "";
        NodeProcess node = NodeProcess.start(plan.node(), plan.errors());
        try {
            readyTimes.add(node.awaitReady(START_LIMIT));
            createTopics();
            startProducers();
            while (killsUnderLoad < plan.kills()) {
                awaitLoad();
                killUnderLoad(node);
                node = startAgain();
                report();
            }
            awaitLoad();
            drain();
            readBack();
            cleanStop = node.stop(STOP_LIMIT) == 0;
        } catch (IllegalStateException e) {
            trouble = String.valueOf(e.getMessage());
        } finally {
            producers.forEach(LoadProducer::close);
            node.close();
        }
        if (trouble.isEmpty()) {
            trouble = tally.firstFailure();
        }
        return new KillReport(
                plan,
                killsUnderLoad,
                killsWhileStarting,
                readyTimes,
                requestsInFlight,
                tally.failedTotal(),
                cleanStop,
                findings,
                trouble);
    }

    private void createTopics() throws InterruptedException {
        List<NewTopic> topics = new ArrayList<>();
        for (String policy : List.of("ack", "os")) {
            NewTopic topic = new NewTopic("soak-" + policy, plan.partitions(), (short) 1);
            topics.add(plan.plainTopics() ? topic : topic.configs(Map.of("flush.policy", policy)));
            for (int partition = 0; partition < plan.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.name(), partition));
            }
        }
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, plan.node().bootstrap()))) {
            admin.createTopics(topics).all().get(LOAD_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics could not be created: " + e.getMessage(), e);
        }
    }

    private void startProducers() {
        int rate = plan.recordsPerSecond() / plan.producers();
        for (int i = 0; i < plan.producers(); i++) {
            producers.add(new LoadProducer(i, plan.node().bootstrap(), partitions, rate, random.split(), tally));
        }
        producers.forEach(LoadProducer::start);
    }

    private void awaitLoad() throws InterruptedException {
        long before = tally.acknowledgedTotal();
        await(
                LOAD_LIMIT,
                "no records were acknowledged",
                () -> tally.acknowledgedTotal() >= before + ACKNOWLEDGED_BEFORE_KILL);
    }

    private void killUnderLoad(NodeProcess node) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextLong(plan.killWithin().toMillis() + 1));
        await(
                LOAD_LIMIT,
                "no producer had anything outstanding",
                () -> producers.stream().anyMatch(producer -> producer.requestsInFlight() > 0));
        int inFlight = producers.stream()
                .mapToInt(LoadProducer::requestsInFlight)
                .max()
                .orElse(0);
        boolean ready = node.isReady();
        node.kill();
        if (!ready) {
            throw new IllegalStateException("the node had ended by itself before it was killed, see " + plan.errors());
        }
        requestsInFlight.add(inFlight);
        killsUnderLoad++;
    }

    private NodeProcess startAgain() throws InterruptedException {
        while (random.nextInt(STARTS_PER_EARLY_KILL) == 0) {
            NodeProcess early = NodeProcess.start(plan.node(), plan.errors());
            long usualMs = readyTimes.get(readyTimes.size() - 1).toMillis();
            TimeUnit.MILLISECONDS.sleep(random.nextLong(usualMs + 1));
            killsWhileStarting += early.isReady() ? 0 : 1;
            early.kill();
        }
        NodeProcess node = NodeProcess.start(plan.node(), plan.errors());
        try {
            readyTimes.add(node.awaitReady(START_LIMIT));
        } catch (IllegalStateException | InterruptedException e) {
            node.close();
            throw e;
        }
        return node;
    }

    private void report() {
        if (plan.verifyEvery() > 0 && killsUnderLoad % plan.verifyEvery() == 0 && killsUnderLoad < plan.kills()) {
            readBack();
            for (Findings f : findings) {
                if (!f.clean()) {
                    throw new IllegalStateException("found after kill " + killsUnderLoad + ": " + f.firstProblem());
                }
            }
        }
        if (killsUnderLoad % 10 == 0) {
            progress.accept(killsUnderLoad + " of " + plan.kills() + " kills, " + tally.acknowledgedTotal()
                    + " records acknowledged");
        }
    }

    private void drain() throws InterruptedException {
        for (LoadProducer producer : producers) {
            if (!producer.drain(DRAIN_LIMIT)) {
                throw new IllegalStateException(producer.outstanding() + " records of a producer were never answered");
            }
        }
    }

    private void readBack() {
        findings = new ReadBack(plan.node().bootstrap(), READ_PATIENCE).compare(partitions, tally);
    }

    private static void await(Duration limit, String otherwise, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise + " for " + limit);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }
}
