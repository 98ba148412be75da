package io.meridian.simulator.world;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.effect.StartReport;
import io.meridian.engine.node.BrokerNode;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.simulator.checker.TraceHash;
import io.meridian.simulator.checker.Violation;
import io.meridian.simulator.disk.CrashKind;
import io.meridian.simulator.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One broker process, life after life, over one disk: runs its nodes' effects as the real ring does, with every
/// freedom the ring has drawn from the seed.
///
/// Storage jobs of the loop run at once; others run and complete later, in any order. Messages between two nodes
/// keep their order. A turn ends at once or after more events. A crash drops everything but the disk.
public final class SimulatedBroker {
    private static final long START_OF_TIME_MS = 1_700_000_000_000L;

    private final BrokerSettings settings;
    private final SimulatedDisk disk;
    private final EventQueue queue;
    private final SeededRandom random;
    private final TraceHash trace;
    private final FrameMemory frames = new FrameMemory();
    private final Set<SimulatedConnection> connections = new LinkedHashSet<>();
    private final Listener listener;
    private List<Loop> loops = List.of();
    private int life;
    private boolean isUp;
    private boolean isReady;
    private long monotonicOriginNs;
    private long wallJumpMs;
    private long events;
    private long failuresAtStart;
    private int jobsInFlight;
    private long brokerEpoch = -1;
    private @Nullable CrashKind afterStop;

    /// Hears of starts and ends of the process.
    public interface Listener {
        /// The process ended, with the reason in words.
        void onProcessEnded(CrashKind kind, String reason);

        /// The process serves clients.
        void onReady(StartReport report);
    }

    /// How the ring around the nodes behaves.
    ///
    /// @param nodes starts the nodes of one life
    /// @param lingeringTurnPercent of the turns end after more events were handled
    /// @param wallDriftPercent how much faster the wall clock runs
    public record BrokerSettings(
            NodeFactory nodes,
            int nodeCount,
            NetworkDelays network,
            NetworkDelays storage,
            NetworkDelays betweenNodes,
            int lingeringTurnPercent,
            int wallDriftPercent) {}

    /// Makes the nodes of one life of the process.
    public interface NodeFactory {
        List<BrokerNode> start(SimulatedDisk disk, SeededRandom random) throws StorageFault;
    }

    /// One node and what its event loop knows.
    private static final class Loop {
        final BrokerNode node;
        final long[] lastMessageNs;
        boolean turnIsOpen;
        long tickAtNs = Long.MAX_VALUE;

        Loop(BrokerNode node, int nodeCount) {
            this.node = node;
            this.lastMessageNs = new long[nodeCount];
        }
    }

    public SimulatedBroker(
            BrokerSettings settings,
            SimulatedDisk disk,
            EventQueue queue,
            SeededRandom random,
            TraceHash trace,
            Listener listener) {
        this.settings = settings;
        this.disk = disk;
        this.queue = queue;
        this.random = random;
        this.trace = trace;
        this.listener = listener;
    }

    public FrameMemory frames() {
        return frames;
    }

    public SimulatedDisk disk() {
        return disk;
    }

    /// Processes that ended so far.
    public int life() {
        return life;
    }

    public boolean isUp() {
        return isUp;
    }

    /// Whether clients are served.
    public boolean isReady() {
        return isReady;
    }

    /// Handled inputs: requests, replies, completions, messages and ticks.
    public long events() {
        return events;
    }

    /// Jobs whose completion the nodes have not heard of.
    public int jobsInFlight() {
        return jobsInFlight;
    }

    public List<BrokerNode> nodes() {
        return loops.stream().map(loop -> loop.node).toList();
    }

    SeededRandom random() {
        return random;
    }

    long networkDelayNs() {
        return settings.network().draw(random);
    }

    void countEvent() {
        events++;
    }

    /// Sets how far the wall clock is ahead of the true time.
    public void jumpWallClock(long milliseconds) {
        wallJumpMs = milliseconds;
    }

    private Now now() {
        long elapsedMs = queue.nowNs() / Now.NANOS_PER_MILLI;
        long wallMs = START_OF_TIME_MS + elapsedMs + elapsedMs * settings.wallDriftPercent() / 100 + wallJumpMs;
        return new Now(wallMs, monotonicOriginNs + queue.nowNs());
    }

    /// Starts the process.
    public void start() {
        isUp = true;
        monotonicOriginNs = random.nextLong(1L << 40);
        failuresAtStart = disk.failures();
        jobsInFlight = 0;
        trace.mix(queue.nowNs(), life, 1);
        trace.say(() -> "start of life " + life);
        List<Loop> started = new ArrayList<>();
        try {
            for (BrokerNode node : settings.nodes().start(disk, random.split())) {
                started.add(new Loop(node, settings.nodeCount()));
            }
        } catch (StorageFault fault) {
            stopProcess("the data directory cannot be opened: " + fault.getMessage());
        }
        loops = List.copyOf(started);
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).node.start(now());
            handled(i);
        }
    }

    /// Asks the process to end in order; then `kind` happens to it.
    public void stop(CrashKind kind) {
        if (!isReady || afterStop != null) {
            die(kind, "stopped before it was ready");
            return;
        }
        isReady = false;
        afterStop = kind;
        for (SimulatedConnection connection : List.copyOf(connections)) {
            connection.cut();
        }
        for (int i = 0; i < loops.size() && isUp; i++) {
            loops.get(i).node.stop(now());
            handled(i);
        }
    }

    private void stopProcess(String reason) {
        Violation.unless(disk.failures() > failuresAtStart, "the process stops without a fault of the disk: " + reason);
        throw new ProcessStops(CrashKind.PROCESS_KILL, reason);
    }

    /// Ends the process without warning.
    public void die(CrashKind kind, String reason) {
        trace.mix(queue.nowNs(), life, kind == CrashKind.POWER_LOSS ? 3 : 2);
        trace.say(() -> kind + " ends life " + life + ": " + reason);
        isUp = false;
        isReady = false;
        afterStop = null;
        loops = List.of();
        life++;
        disk.crash(kind);
        frames.processEnded();
        for (SimulatedConnection connection : List.copyOf(connections)) {
            connection.cut();
        }
        listener.onProcessEnded(kind, reason);
    }

    /// A new connection, or null when nobody listens.
    public @Nullable SimulatedConnection connect(String clientId, Runnable onClosed) {
        if (!isReady) {
            return null;
        }
        SimulatedConnection connection =
                new SimulatedConnection(this, queue, clientId, onClosed, life, random.nextInt(loops.size()));
        connections.add(connection);
        return connection;
    }

    /// Cuts a connection drawn by lot, if there is one: now, or when it next has a request on its way.
    public void cutSomeConnection() {
        if (connections.isEmpty()) {
            return;
        }
        SimulatedConnection chosen = List.copyOf(connections).get(random.nextInt(connections.size()));
        if (random.nextInt(3) == 0) {
            chosen.cut();
        } else {
            chosen.cutAtNextSend();
        }
    }

    void connectionClosed(SimulatedConnection connection) {
        connections.remove(connection);
    }

    void deliver(SimulatedRequest request) {
        int index = request.connection.node();
        trace.mix(queue.nowNs(), request.apiKey(), index);
        trace.say(() -> "node " + index + " gets from " + request.clientId() + ": " + request.message);
        loops.get(index).node.onRequest(request, request.message, now());
        handled(index);
    }

    /// Drops a request that never reached the broker.
    void discard(SimulatedRequest request) {
        request.frame().release();
    }

    void discardReply(int replyLife, ResponseMessage response) {
        if (replyLife == life) {
            ReplyPayloads.release(response);
        }
    }

    private void handled(int index) {
        events++;
        drain(index);
        Loop loop = loops.get(index);
        if (loop.turnIsOpen) {
            return;
        }
        if (random.chance(settings.lingeringTurnPercent())) {
            loop.turnIsOpen = true;
            int currentLife = life;
            queue.after(settings.betweenNodes().draw(random), () -> {
                if (currentLife == life) {
                    loop.turnIsOpen = false;
                    endTurn(index);
                }
            });
        } else {
            endTurn(index);
        }
    }

    private void endTurn(int index) {
        Loop loop = loops.get(index);
        loop.node.endTurn(now());
        drain(index);
        armTick(index, loop);
    }

    private void armTick(int index, Loop loop) {
        long deadlineNs = loop.node.nextDeadlineNs();
        if (deadlineNs == Long.MAX_VALUE) {
            return;
        }
        long atNs = Math.max(deadlineNs - monotonicOriginNs, queue.nowNs() + 1);
        if (atNs >= loop.tickAtNs) {
            return;
        }
        loop.tickAtNs = atNs;
        int currentLife = life;
        queue.at(atNs, () -> {
            if (currentLife == life && loop.tickAtNs == atNs) {
                loop.tickAtNs = Long.MAX_VALUE;
                loop.node.tick(now());
                handled(index);
                armTick(index, loop);
            }
        });
    }

    private void drain(int index) {
        Loop loop = loops.get(index);
        Effects effects = loop.node.effects();
        for (Effect effect = effects.poll(); effect != null; effect = effects.poll()) {
            execute(index, loop, effect);
        }
    }

    private void execute(int index, Loop loop, Effect effect) {
        switch (effect) {
            case Effect.Reply(var context, ResponseMessage response) -> finish((SimulatedRequest) context, response);
            case Effect.NoReply(var context) -> finish((SimulatedRequest) context, null);
            case Effect.CloseConnection(var context, String reason) -> hangUp((SimulatedRequest) context, reason);
            case Effect.Store(StorageJob job) -> store(index, loop, job);
            case Effect.ToNode(int target, NodeMessage message) -> toNode(loop, target, message);
            case Effect.Ready(StartReport report) -> ready(report);
            case Effect.Stopped() ->
                throw new ProcessStops(afterStop == null ? CrashKind.PROCESS_KILL : afterStop, "stopped");
            case Effect.SpaceChanged change -> trace.say(() -> "says " + change);
            case Effect.LimitConnections limits -> trace.say(() -> "says " + limits);
            case Effect.StopProcess(String reason) -> stopProcess(reason);
        }
    }

    private void ready(StartReport report) {
        Violation.unless(
                report.brokerEpoch() > brokerEpoch,
                "broker epoch " + report.brokerEpoch() + " of a start after " + brokerEpoch);
        brokerEpoch = report.brokerEpoch();
        trace.say(() -> "ready: " + report);
        if (afterStop == null) {
            isReady = true;
            listener.onReady(report);
        }
    }

    private void finish(SimulatedRequest request, @Nullable ResponseMessage response) {
        trace.mix(queue.nowNs(), request.apiKey(), response == null ? 0 : 1);
        trace.say(() -> "reply to " + request.clientId() + ": " + response);
        request.finish(response);
        request.connection.onOutcome();
    }

    /// An error that cannot be reported because the client wants no reply is the only reason to hang up on a client
    /// that keeps the protocol.
    private void hangUp(SimulatedRequest request, String reason) {
        Violation.unless(
                request.message instanceof ProduceRequest produce && produce.acks() == 0,
                "the broker closed a connection of a client that keeps the protocol: " + reason);
        trace.say(() -> "hangs up on " + request.clientId() + ": " + reason);
        finish(request, null);
        request.connection.cut();
    }

    private void toNode(Loop from, int target, NodeMessage message) {
        long atNs = Math.max(
                from.lastMessageNs[target] + 1,
                queue.nowNs() + settings.betweenNodes().draw(random));
        from.lastMessageNs[target] = atNs;
        trace.say(() -> "to node " + target + ": " + message);
        int currentLife = life;
        queue.at(atNs, () -> {
            if (currentLife == life) {
                loops.get(target).node.onNodeMessage(message, now());
                handled(target);
            }
        });
    }

    private void store(int index, Loop loop, StorageJob job) {
        if (job.lane() == StorageJob.Lane.LOOP) {
            StorageFault fault = run(job);
            loop.node.onStorageDone(job, fault, now());
            events++;
            return;
        }
        int currentLife = life;
        jobsInFlight++;
        queue.after(settings.storage().draw(random), () -> {
            if (currentLife != life) {
                return;
            }
            StorageFault fault = run(job);
            queue.after(settings.storage().draw(random), () -> {
                if (currentLife == life) {
                    jobsInFlight--;
                    loop.node.onStorageDone(job, fault, now());
                    handled(index);
                }
            });
        });
    }

    private @Nullable StorageFault run(StorageJob job) {
        trace.mix(queue.nowNs(), disk.calls(), 3);
        trace.say(() -> "runs " + job.getClass().getSimpleName() + " from storage call " + disk.calls());
        try {
            job.run();
            return null;
        } catch (StorageFault fault) {
            trace.say(fault::getMessage);
            return fault;
        }
    }

    /// How long the oldest unfinished request of an open connection has been on its way.
    public long oldestRequestAgeNs() {
        long oldest = queue.nowNs();
        for (SimulatedConnection connection : connections) {
            oldest = Math.min(oldest, connection.oldestSentAtNs());
        }
        return queue.nowNs() - oldest;
    }

    /// Requests of open connections that the broker has not finished.
    public int unfinishedRequests() {
        int sum = 0;
        for (SimulatedConnection connection : connections) {
            sum += connection.unansweredCount();
        }
        return sum;
    }
}
