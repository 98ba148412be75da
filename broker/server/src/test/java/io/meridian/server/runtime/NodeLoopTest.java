package io.meridian.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.StartReport;
import io.meridian.engine.security.Principal;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob.Lane;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.ApiVersionsResponse;
import io.meridian.protocol.wire.Lease;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.server.testing.ScriptedJob;
import io.meridian.server.testing.ScriptedNode;
import io.meridian.server.testing.ScriptedNode.Note;
import io.meridian.settings.ConnectionLimits;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLoopTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel thread =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final EmbeddedChannel otherThread =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final List<Integer> halts = new ArrayList<>();
    private final FatalFaults faults = new FatalFaults(halts::add);
    private final DiskThreads disks = new DiskThreads(new DiskThreadSettings(1, 1, 4), faults);
    private final List<String> answers = new ArrayList<>();
    private final ScriptedNode node = new ScriptedNode((context, _, effects) -> onRequest(context, effects));
    private final ScriptedNode otherNode = new ScriptedNode();
    private final NodeLoop loop = loop(0, thread, node);
    private final NodeLoop other = loop(1, otherThread, otherNode);
    private Script script = (_, _) -> {};
    private boolean stopped;

    private interface Script {
        void onRequest(RequestExchange exchange, Effects effects);
    }

    private void onRequest(io.meridian.engine.effect.RequestContext context, Effects effects) {
        script.onRequest((RequestExchange) context, effects);
    }

    private NodeLoop loop(int index, EmbeddedChannel on, ScriptedNode hosted) {
        LoopListener listener = new LoopListener() {
            @Override
            public void onReady(StartReport report) {}

            @Override
            public void onConnectionLimits(ConnectionLimits limits) {}

            @Override
            public void onStopped() {
                stopped = true;
            }
        };
        return new NodeLoop(
                index, on.eventLoop(), hosted, disks, () -> new Now(0, ticker.nanoTime()), faults, listener);
    }

    @BeforeEach
    void start() {
        NodeLoop.start(List.of(loop, other));
        runAll();
    }

    @AfterEach
    void stop() {
        disks.close();
    }

    @Test
    void theTurnEndsOnceBehindItsEvents() {
        loop.post(new Note("first"));
        loop.post(new Note("second"));
        runAll();
        assertThat(node.events()).containsExactly("start", "end", "first", "second", "end");
    }

    @Test
    void messagesToAnotherNodeKeepTheirOrderAndArriveTogether() {
        script = (_, effects) -> {
            effects.add(new Effect.ToNode(1, new Note("one")));
            effects.add(new Effect.ToNode(1, new Note("two")));
        };
        request();
        request();
        runAll();
        assertThat(otherNode.events()).containsExactly("start", "end", "one", "two", "one", "two", "end");
    }

    @Test
    void aMessageToOneselfIsHandledWithinTheTurn() {
        script = (_, effects) -> effects.add(new Effect.ToNode(0, new Note("self")));
        request();
        assertThat(node.events()).containsExactly("start", "end", "request 18", "self");
    }

    @Test
    void effectsAreExecutedInTheOrderOfEmission() {
        script = (exchange, effects) -> {
            effects.add(new Effect.Reply(exchange, ApiVersionsResponse.DEFAULT));
            effects.add(new Effect.Store(new ScriptedJob(
                    Lane.LOOP, () -> answers.add("written"), () -> effects.add(new Effect.NoReply(exchange)))));
            effects.add(new Effect.CloseConnection(exchange, "closed"));
        };
        request();
        assertThat(answers).containsExactly("reply", "written", "closed", "no reply");
    }

    @Test
    void aFaultOfAJobComesBackToItsNode() {
        script = (_, effects) -> effects.add(new Effect.Store(new ScriptedJob(
                Lane.LOOP,
                () -> {
                    throw new StorageFault(StorageFault.Kind.FULL, "0.log", "no space");
                },
                () -> {})));
        request();
        assertThat(node.events()).contains("done LOOP FULL");
        assertThat(halts).isEmpty();
    }

    @Test
    void jobsOfOtherLanesRunOffTheLoopAndCompleteOnIt() {
        Thread caller = Thread.currentThread();
        List<Thread> ran = new ArrayList<>();
        List<Thread> completed = new ArrayList<>();
        script = (_, effects) -> effects.add(new Effect.Store(new ScriptedJob(
                Lane.DISK, () -> ran.add(Thread.currentThread()), () -> completed.add(Thread.currentThread()))));
        request();
        await().pollInSameThread().untilAsserted(() -> {
            runAll();
            assertThat(completed).containsExactly(caller);
        });
        assertThat(ran).hasSize(1).doesNotContain(caller);
    }

    @Test
    void requestsAreNotAdmittedWhileTheDisksAreOverTheirBound() {
        CountDownLatch held = new CountDownLatch(1);
        List<String> relief = new ArrayList<>();
        disks.onRelief(() -> relief.add("relieved"));
        script = (_, effects) -> {
            for (int count = 0; count < 6; count++) {
                effects.add(new Effect.Store(new ScriptedJob(Lane.SYNC, () -> waitFor(held), () -> {})));
            }
        };
        request();
        assertThat(loop.admitsRequests()).isFalse();

        held.countDown();

        await().until(loop::admitsRequests);
        await().until(() -> !relief.isEmpty());
    }

    @Test
    void theTimerFiresAtTheNextDeadlineAndNotBefore() {
        node.wakeAt(ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10));
        loop.post(new Note("arms"));
        runAll();
        advance(9);
        assertThat(node.events()).doesNotContain("tick");
        advance(1);
        assertThat(node.events()).contains("tick");
    }

    @Test
    void anIdleLoopDoesNothing() {
        int before = node.events().size();
        advance(1_000_000);
        assertThat(node.events()).hasSize(before);
    }

    @Test
    void aBrokenInvariantHaltsTheProcess() {
        script = (_, _) -> {
            throw new IllegalStateException("planted");
        };
        request();
        assertThat(halts).containsExactly(FatalFaults.EXIT_BROKEN);
    }

    @Test
    void theNodeMayDemandTheStop() {
        script = (_, effects) -> effects.add(new Effect.StopProcess("planted"));
        request();
        assertThat(halts).containsExactly(FatalFaults.EXIT_STOP_DEMANDED);
    }

    @Test
    void nothingReachesTheNodeAfterTheStop() {
        loop.stopNode();
        runAll();
        assertThat(stopped).isTrue();
        CompletableFuture<Void> _ = loop.stop();
        runAll();
        loop.post(new Note("late"));
        runAll();
        assertThat(node.events()).doesNotContain("late");
    }

    private void request() {
        loop.onRequest(new RecordingExchange(), ApiVersionsRequest.DEFAULT);
    }

    private void runAll() {
        thread.runPendingTasks();
        otherThread.runPendingTasks();
    }

    private void advance(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        thread.runScheduledPendingTasks();
        runAll();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("disk threads are never interrupted", interrupted);
        }
    }

    private final class RecordingExchange implements RequestExchange {
        @Override
        public void reply(ResponseMessage response) {
            answers.add("reply");
        }

        @Override
        public void noReply() {
            answers.add("no reply");
        }

        @Override
        public void close(String reason) {
            answers.add(reason);
        }

        @Override
        public short apiKey() {
            return 18;
        }

        @Override
        public short apiVersion() {
            return 0;
        }

        @Override
        public @Nullable String clientId() {
            return null;
        }

        @Override
        public String clientHost() {
            return "/127.0.0.1";
        }

        @Override
        public Principal principal() {
            return Principal.ANONYMOUS;
        }

        @Override
        public Lease frame() {
            return Lease.UNCOUNTED;
        }
    }
}
