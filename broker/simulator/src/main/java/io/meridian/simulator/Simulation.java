package io.meridian.simulator;

import io.meridian.base.InvariantBroken;
import io.meridian.base.SeededRandom;
import io.meridian.engine.effect.StartReport;
import io.meridian.simulator.checker.ClusterHistory;
import io.meridian.simulator.checker.GroupHistory;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.TraceHash;
import io.meridian.simulator.checker.Violation;
import io.meridian.simulator.client.AdminClient;
import io.meridian.simulator.client.AdminClient.TopicPlan;
import io.meridian.simulator.client.Auditor;
import io.meridian.simulator.client.ClientContext;
import io.meridian.simulator.client.ConsumerClient;
import io.meridian.simulator.client.GroupMemberClient;
import io.meridian.simulator.client.GroupMemberClient.MemberStyle;
import io.meridian.simulator.client.ProducerClient;
import io.meridian.simulator.disk.CrashKind;
import io.meridian.simulator.disk.CrashNow;
import io.meridian.simulator.disk.DiskFaults;
import io.meridian.simulator.disk.SimulatedDisk;
import io.meridian.simulator.world.EventQueue;
import io.meridian.simulator.world.ProcessStops;
import io.meridian.simulator.world.SimulatedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The run of one seed, from an empty disk to a last audit.
///
/// Producers write until every record is acknowledged while the plan's faults strike. Then peace is made, and within
/// [#PEACE_LIMIT_MS] of virtual time everything must be written and readable; power is lost once more, everything is
/// read again, and nothing may be left over: no held memory, no unanswered request, no file of a deleted topic.
public final class Simulation {
    private static final long MILLI_NS = 1_000_000L;
    private static final long WAR_LIMIT_MS = 60_000;
    private static final long PEACE_LIMIT_MS = 30_000;
    private static final long ANSWER_LIMIT_MS = 30_000;
    private static final long SUPERVISION_NS = 5 * MILLI_NS;
    private static final int TEMPORARY_RECORDS = 12;

    private enum Phase {
        WAR,
        PEACE,
        LAST_AUDIT,
        DRAIN,
        OVER
    }

    private final long seed;
    private final SimulationSettings settings;
    private final EventQueue queue = new EventQueue();
    private final TraceHash trace = new TraceHash();
    private final ClusterHistory history = new ClusterHistory();
    private final SimulatedDisk disk;
    private final SimulatedBroker broker;
    private final Nemesis nemesis;
    private final AdminClient admin;
    private final Auditor auditor;
    private final List<ProducerClient> producers = new ArrayList<>();
    private final List<ConsumerClient> consumers = new ArrayList<>();
    private final List<GroupMemberClient> members = new ArrayList<>();
    private final SeededRandom random;
    private final List<TopicPlan> temporaryLeft;
    private Phase phase = Phase.WAR;
    private long phaseBeganNs;
    private long callsInWar;

    private Simulation(long seed) {
        this(seed, new SeededRandom(seed), null);
    }

    private Simulation(long seed, SeededRandom random, @Nullable Scenario scenario) {
        this.seed = seed;
        this.random = random;
        this.settings = scenario == null ? SimulationSettings.draw(random.split()) : scenario.settings();
        this.temporaryLeft = new ArrayList<>(settings.temporaryTopics());
        this.disk = new SimulatedDisk(random.split());
        this.broker = new SimulatedBroker(
                new SimulatedBroker.BrokerSettings(
                        new NodesFromConfig(settings.nodeCount(), settings.hotBytes(), settings.brokerConfig()),
                        settings.nodeCount(),
                        settings.network(),
                        settings.storage(),
                        settings.betweenNodes(),
                        settings.lingeringTurnPercent(),
                        settings.wallDriftPercent()),
                disk,
                queue,
                random.split(),
                trace,
                new Lives());
        ClientContext context = new ClientContext(broker, queue, history, random.split(), trace);
        for (int i = 0; i < settings.producers().size(); i++) {
            producers.add(new ProducerClient(i, settings.producers().get(i), context));
        }
        for (int i = 0; i < settings.consumers().size(); i++) {
            consumers.add(new ConsumerClient(i, settings.consumers().get(i), context));
        }
        for (List<MemberStyle> styles : settings.groups()) {
            GroupHistory group = new GroupHistory("group-" + members.size());
            String topic = settings.topics().getFirst().name();
            styles.forEach(style -> members.add(new GroupMemberClient(members.size(), group, topic, style, context)));
        }
        this.admin = new AdminClient(this::topicCreated, 20 * MILLI_NS, context);
        settings.topics().forEach(admin::create);
        this.auditor = new Auditor(number -> settings.producers().get(number).isIdempotent(), context);
        this.nemesis = new Nemesis(
                broker,
                queue,
                random.split(),
                history,
                scenario == null ? FaultPlan.draw(random.split()) : scenario.plan(),
                scenario == null ? DiskFaults.NONE : scenario.diskFaults(),
                recordsWanted());
    }

    /// Runs a fixed scenario instead of one drawn from the seed.
    static SeedReport run(long seed, Scenario scenario) {
        return new Simulation(seed, new SeededRandom(seed), scenario).run();
    }

    /// What a run does when it is not drawn.
    ///
    /// @param diskFaults of the disk until peace is made, unless the plan has others
    record Scenario(SimulationSettings settings, FaultPlan plan, DiskFaults diskFaults) {}

    /// Runs one seed to its end or to the first broken promise.
    public static SeedReport run(long seed) {
        return new Simulation(seed).run();
    }

    /// As [#run(long)], telling `narrator` in words what happens.
    public static SeedReport run(long seed, Consumer<String> narrator) {
        Simulation simulation = new Simulation(seed);
        Consumer<String> timed = words -> narrator.accept("%,d %s".formatted(simulation.queue.nowNs() / 1000, words));
        simulation.trace.narrateTo(timed);
        simulation.disk.narrateTo(timed);
        return simulation.run();
    }

    private long recordsWanted() {
        long partitions =
                settings.topics().stream().mapToLong(TopicPlan::partitions).sum();
        long waiting = settings.producers().stream()
                .filter(producer -> producer.acks() == -1)
                .count();
        return partitions * waiting * settings.recordsPerStream();
    }

    private SeedReport run() {
        Throwable cause = null;
        try {
            queue.at(0, broker::start);
            queue.at(0, this::supervise);
            producers.forEach(ProducerClient::start);
            consumers.forEach(ConsumerClient::start);
            members.forEach(GroupMemberClient::start);
            admin.start();
            auditor.start();
            while (phase != Phase.OVER) {
                step();
            }
        } catch (RuntimeException | AssertionError broken) {
            cause = broken;
        }
        String violation = cause == null
                ? null
                : (cause instanceof Violation || cause instanceof InvariantBroken
                                ? ""
                                : cause.getClass().getName() + ": ")
                        + cause.getMessage();
        return new SeedReport(
                seed,
                broker.events(),
                history.committed(),
                nemesis.faults(),
                callsInWar,
                trace.value(),
                queue.nowNs() / MILLI_NS,
                violation,
                cause);
    }

    private void step() {
        Runnable event = queue.poll();
        if (event == null) {
            throw new Violation("nothing is left to happen");
        }
        try {
            event.run();
            nemesis.afterEvent();
        } catch (CrashNow crash) {
            broker.die(crash.kind(), "died at storage call " + disk.calls());
        } catch (ProcessStops stop) {
            broker.die(stop.kind(), String.valueOf(stop.getMessage()));
        }
    }

    private void topicCreated(TopicHistory topic) {
        boolean isTemporary = topic.isTemporary();
        int records = isTemporary ? TEMPORARY_RECORDS : settings.recordsPerStream();
        producers.forEach(producer -> producer.addTopic(topic, records));
        if (isTemporary) {
            queue.after((1 + random.nextInt(100)) * MILLI_NS, () -> admin.delete(topic));
        }
    }

    /// Looks after the phases at a steady pace.
    private void supervise() {
        if (broker.isReady() && broker.oldestRequestAgeNs() > ANSWER_LIMIT_MS * MILLI_NS) {
            throw new Violation("a request is not answered after " + ANSWER_LIMIT_MS + " ms");
        }
        nemesis.perhapsCutConnection();
        nemesis.restartAfterFailure();
        if (phase == Phase.WAR && admin.isDone() && !temporaryLeft.isEmpty()) {
            admin.create(temporaryLeft.removeLast());
        }
        long inPhaseMs = (queue.nowNs() - phaseBeganNs) / MILLI_NS;
        switch (phase) {
            case WAR -> {
                boolean isOver = isWritten() && nemesis.isDone();
                if (isOver && nemesis.faults() < SimulationBounds.FAULTS_MIN) {
                    nemesis.strikeOnceMore();
                } else if (isOver || inPhaseMs > WAR_LIMIT_MS) {
                    nemesis.makePeace();
                    callsInWar = disk.calls();
                    enter(Phase.PEACE);
                    if (broker.isUp()) {
                        broker.stop(random.nextBoolean() ? CrashKind.PROCESS_KILL : CrashKind.POWER_LOSS);
                    }
                }
            }
            case PEACE -> {
                if (isWritten() && broker.isReady()) {
                    enter(Phase.LAST_AUDIT);
                    members.forEach(GroupMemberClient::beginAudit);
                    broker.die(CrashKind.POWER_LOSS, "power lost in the end");
                } else {
                    Violation.unless(inPhaseMs < PEACE_LIMIT_MS, "not writable in peace: " + describeRest());
                }
            }
            case LAST_AUDIT -> {
                if (broker.isReady() && auditor.isDone() && members.stream().allMatch(GroupMemberClient::isAudited)) {
                    consumers.forEach(ConsumerClient::stop);
                    members.forEach(GroupMemberClient::stop);
                    producers.forEach(ProducerClient::stop);
                    admin.stop();
                    enter(Phase.DRAIN);
                } else {
                    Violation.unless(
                            inPhaseMs < PEACE_LIMIT_MS,
                            "not readable in peace: ready " + broker.isReady() + ", " + auditor.describeRest());
                }
            }
            case DRAIN -> {
                String rest = leftOver();
                if (rest.isEmpty()) {
                    enter(Phase.OVER);
                } else {
                    Violation.unless(inPhaseMs < PEACE_LIMIT_MS, "left over in the end: " + rest);
                }
            }
            case OVER -> {}
        }
        queue.after(SUPERVISION_NS, this::supervise);
    }

    private void enter(Phase next) {
        phase = next;
        phaseBeganNs = queue.nowNs();
        trace.mix(queue.nowNs(), next.name().hashCode(), history.committed());
    }

    private boolean isWritten() {
        return admin.isDone()
                && temporaryLeft.isEmpty()
                && producers.stream().allMatch(ProducerClient::isDone)
                && history.liveTopics().size() == settings.topics().size();
    }

    private String describeRest() {
        StringBuilder rest = new StringBuilder("ready " + broker.isReady() + ", admin done " + admin.isDone());
        producers.stream()
                .filter(producer -> !producer.isDone())
                .forEach(producer -> rest.append("; ").append(producer.describeRest()));
        return rest.toString();
    }

    private String leftOver() {
        StringBuilder rest = new StringBuilder();
        if (broker.unfinishedRequests() > 0) {
            rest.append(broker.unfinishedRequests()).append(" requests ");
        }
        if (broker.frames().held() > 0) {
            rest.append(broker.frames().held()).append(" frames ");
        }
        if (disk.openSlices() > 0) {
            rest.append(disk.openSlices()).append(" slices ");
        }
        if (broker.jobsInFlight() > 0) {
            rest.append(broker.jobsInFlight()).append(" jobs ");
        }
        for (String file : disk.files()) {
            if (file.startsWith(TopicHistory.TEMPORARY_PREFIX) && !isCreatedOnceMore()) {
                rest.append(file).append(' ');
            }
        }
        return rest.toString();
    }

    /// Whether a request to create the temporary topic, lost from sight with its connection, was served after the
    /// topic had been deleted.
    private boolean isCreatedOnceMore() {
        return broker.nodes().getFirst().image().topics().byName(TopicHistory.TEMPORARY_PREFIX) != null;
    }

    /// Passes on what happens to the process.
    private final class Lives implements SimulatedBroker.Listener {
        @Override
        public void onProcessEnded(CrashKind kind, String reason) {
            history.processEnded(kind == CrashKind.POWER_LOSS);
            nemesis.onProcessEnded();
        }

        @Override
        public void onReady(StartReport report) {
            auditor.begin(phase == Phase.LAST_AUDIT);
        }
    }
}
