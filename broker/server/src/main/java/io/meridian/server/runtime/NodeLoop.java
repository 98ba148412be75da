package io.meridian.server.runtime;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.effect.StartReport;
import io.meridian.engine.node.NodeDetail;
import io.meridian.engine.node.NodeStatistics;
import io.meridian.log.state.SpaceLevel;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.storage.VolumeSpace;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.settings.ConnectionLimits;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One event loop and the node it owns. Every method runs on the loop's thread unless it says otherwise.
///
/// A turn: events are handled as they come, the effects of each executed before the next; behind the events
/// that were already queued comes the turn's end, once: the node plans what it collected, messages to other
/// loops leave in one batch per loop, connections flush and read on, and the one timer is armed. A loop without
/// events does nothing.
public final class NodeLoop {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

    private final int index;
    private final EventExecutor executor;
    private final HostedNode node;
    private final DiskThreads disks;
    private final Supplier<Now> clock;
    private final FatalFaults faults;
    private final LoopListener listener;

    private final ArrayDeque<NodeMessage> toSelf = new ArrayDeque<>();
    private final ArrayDeque<Runnable> turnEnds = new ArrayDeque<>();
    private List<NodeLoop> loops = List.of();
    private List<List<NodeMessage>> outboxes = List.of();

    private boolean handling;
    private boolean turnEndQueued;
    private boolean stopped;
    private @Nullable Future<?> timer;
    private long timerDeadlineNs;
    private long turnStartNs;
    private long longestTurnNs;

    public NodeLoop(
            int index,
            EventExecutor executor,
            HostedNode node,
            DiskThreads disks,
            Supplier<Now> clock,
            FatalFaults faults,
            LoopListener listener) {
        this.index = index;
        this.executor = executor;
        this.node = node;
        this.disks = disks;
        this.clock = clock;
        this.faults = faults;
        this.listener = listener;
    }

    /// Makes the loops of a broker known to each other, then lets each node begin. `loops` is in the order of the
    /// nodes' numbers. From any thread, once.
    public static void start(List<NodeLoop> loops) {
        for (NodeLoop loop : loops) {
            loop.executor.execute(() -> {
                loop.loops = List.copyOf(loops);
                loop.outboxes = loops.stream()
                        .map(any -> (List<NodeMessage>) new ArrayList<NodeMessage>())
                        .toList();
            });
        }
        for (NodeLoop loop : loops) {
            loop.executor.execute(() -> loop.handle(loop.node::start));
        }
    }

    public EventExecutor executor() {
        return executor;
    }

    /// Whether the disks keep up, so that requests may be read.
    public boolean admitsRequests() {
        return !disks.isOverBound();
    }

    /// Hands a decoded request to the node. Never from within an effect: a connection reads on at a turn's end
    /// only.
    public void onRequest(RequestExchange exchange, RequestMessage request) {
        if (stopped) {
            return;
        }
        Invariant.check(!handling, "a request arrived while another event was handled");
        handling = true;
        try {
            Now now = clock.get();
            beginTurn(now);
            node.onRequest(exchange, request, now);
            settle(now);
        } catch (Throwable broken) {
            fail(broken);
        } finally {
            handling = false;
        }
        queueTurnEnd();
    }

    /// Hands a message to the node. From any thread.
    public void post(NodeMessage message) {
        executor.execute(() -> deliver(List.of(message)));
    }

    /// `task` runs at the end of this turn, after the node's own.
    public void atTurnEnd(Runnable task) {
        turnEnds.add(task);
        if (!turnEndQueued) {
            beginTurn(clock.get());
        }
        queueTurnEnd();
    }

    /// What the node counts, asked for on its loop. From any thread.
    public CompletableFuture<NodeStatistics> statistics() {
        return CompletableFuture.supplyAsync(node::statistics, executor);
    }

    /// As [#statistics()], with how long the loop took to get to it.
    ///
    /// @param detailMax committed offsets to be named; 0 for nothing of single partitions and groups
    public CompletableFuture<LoopReport> report(int detailMax) {
        long askedNs = System.nanoTime();
        return CompletableFuture.supplyAsync(
                () -> {
                    long delayNs = System.nanoTime() - askedNs;
                    NodeDetail detail = detailMax == 0 ? NodeDetail.NONE : node.detail(detailMax);
                    LoopReport report = new LoopReport(node.statistics(), detail, delayNs, longestTurnNs);
                    longestTurnNs = 0;
                    return report;
                },
                executor);
    }

    /// Asks the node to sync and close everything. From any thread.
    public void stopNode() {
        executor.execute(() -> handle(node::stop));
    }

    /// No event reaches the node any more. From any thread.
    public CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(
                () -> {
                    stopped = true;
                    cancelTimer();
                    turnEnds.clear();
                },
                executor);
    }

    private interface Event {
        void at(Now now);
    }

    private void handle(Event event) {
        if (stopped) {
            return;
        }
        Invariant.check(!handling, "an event arrived while another was handled");
        handling = true;
        try {
            Now now = clock.get();
            beginTurn(now);
            event.at(now);
            settle(now);
        } catch (Throwable broken) {
            fail(broken);
        } finally {
            handling = false;
        }
        queueTurnEnd();
    }

    private void deliver(List<NodeMessage> messages) {
        handle(now -> {
            for (NodeMessage message : messages) {
                node.onNodeMessage(message, now);
                settle(now);
            }
        });
    }

    private void settle(Now now) {
        Effects effects = node.effects();
        while (true) {
            Effect effect = effects.poll();
            if (effect != null) {
                execute(effect, now);
                continue;
            }
            NodeMessage message = toSelf.poll();
            if (message == null) {
                return;
            }
            node.onNodeMessage(message, now);
        }
    }

    private void execute(Effect effect, Now now) {
        switch (effect) {
            case Effect.Reply reply -> ((RequestExchange) reply.context()).reply(reply.response());
            case Effect.NoReply done -> ((RequestExchange) done.context()).noReply();
            case Effect.CloseConnection close -> ((RequestExchange) close.context()).close(close.reason());
            case Effect.Store store -> store(store.job(), now);
            case Effect.ToNode message -> send(message);
            case Effect.Ready(StartReport report) -> listener.onReady(report);
            case Effect.Stopped() -> listener.onStopped();
            case Effect.SpaceChanged(SpaceLevel level, VolumeSpace space) -> report(level, space);
            case Effect.LimitConnections(ConnectionLimits limits) -> listener.onConnectionLimits(limits);
            case Effect.StopProcess stop -> faults.onStopDemanded(stop.reason());
        }
    }

    private static void report(SpaceLevel level, VolumeSpace space) {
        LoggingEventBuilder line = level == SpaceLevel.AMPLE ? LOG.atInfo() : LOG.atWarn();
        line.addKeyValue("usableBytes", space.usableBytes())
                .addKeyValue("totalBytes", space.totalBytes())
                .log(
                        switch (level) {
                            case AMPLE -> "the volume of the log directory has room again: records are taken";
                            case LOW ->
                                "the volume of the log directory is low on space: records of clients are refused"
                                        + " until there is room; delete records or topics, or make the volume larger";
                            case EXHAUSTED ->
                                "the volume of the log directory is full: nothing is written that can be refused;"
                                        + " delete records or topics, or make the volume larger";
                        });
    }

    private void store(StorageJob job, Now now) {
        if (job.lane() != StorageJob.Lane.LOOP) {
            disks.submit(job, (done, fault) -> executor.execute(() -> onStorageDone(done, fault)));
            return;
        }
        StorageFault fault = null;
        try {
            job.run();
        } catch (StorageFault failed) {
            fault = failed;
        }
        node.onStorageDone(job, fault, now);
    }

    private void onStorageDone(StorageJob job, @Nullable StorageFault fault) {
        handle(now -> node.onStorageDone(job, fault, now));
    }

    private void send(Effect.ToNode effect) {
        if (effect.node() == index) {
            toSelf.add(effect.message());
        } else {
            outboxes.get(effect.node()).add(effect.message());
        }
    }

    private void beginTurn(Now now) {
        if (!turnEndQueued) {
            turnStartNs = now.monotonicNs();
        }
    }

    private void queueTurnEnd() {
        if (!turnEndQueued && !stopped) {
            turnEndQueued = true;
            executor.execute(this::endTurn);
        }
    }

    private void endTurn() {
        if (stopped) {
            return;
        }
        handling = true;
        try {
            Now now = clock.get();
            node.endTurn(now);
            settle(now);
        } catch (Throwable broken) {
            fail(broken);
        } finally {
            handling = false;
            turnEndQueued = false;
        }
        for (int target = 0; target < outboxes.size(); target++) {
            if (!outboxes.get(target).isEmpty()) {
                NodeLoop loop = loops.get(target);
                List<NodeMessage> batch = List.copyOf(outboxes.get(target));
                outboxes.get(target).clear();
                loop.executor.execute(() -> loop.deliver(batch));
            }
        }
        for (int count = turnEnds.size(); count > 0; count--) {
            runTurnEnd(turnEnds.remove());
        }
        longestTurnNs = Math.max(longestTurnNs, clock.get().monotonicNs() - turnStartNs);
        armTimer();
    }

    /// What fails here belongs to one connection; the loop and its node go on.
    private void runTurnEnd(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.atError().setCause(failed).log("a connection failed unexpectedly at the end of a turn; report it");
        } catch (Error broken) {
            fail(broken);
        }
    }

    /// An earlier timer than needed is left alone: it costs one wake-up, moving it would cost every turn
    /// something.
    private void armTimer() {
        long deadlineNs = node.nextDeadlineNs();
        if (deadlineNs == Long.MAX_VALUE || (timer != null && timerDeadlineNs <= deadlineNs)) {
            return;
        }
        cancelTimer();
        timerDeadlineNs = deadlineNs;
        long delayNs = Math.max(0, deadlineNs - clock.get().monotonicNs());
        timer = executor.schedule(this::onTimer, delayNs, TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        timer = null;
        if (stopped) {
            return;
        }
        if (clock.get().monotonicNs() >= node.nextDeadlineNs()) {
            handle(node::tick);
        } else {
            armTimer();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /// Something broke on this loop that nobody can confine, such as memory that ran out.
    public void onBroken(Throwable broken) {
        fail(broken);
    }

    private void fail(Throwable broken) {
        stopped = true;
        faults.onFailure("node loop " + index, broken);
    }
}
