package io.meridian.server.runtime;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loops of one broker process: a Vert.x of its own, with one context per loop.
public final class EventLoops {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

    private final VertxInternal vertx;
    private final AcceptGates gates;
    private final List<ContextInternal> contexts = new ArrayList<>();

    private EventLoops(VertxInternal vertx, AcceptGates gates, int count) {
        this.vertx = vertx;
        this.gates = gates;
        for (int index = 0; index < count; index++) {
            contexts.add(vertx.contextBuilder()
                    .withThreadingModel(ThreadingModel.EVENT_LOOP)
                    .withEventLoop(vertx.nettyEventLoopGroup().next())
                    .build());
        }
    }

    /// Starts `count` loops on epoll where the system has it, on NIO otherwise.
    ///
    /// @param faults hears of failures on the loops that nobody else has caught
    public static EventLoops start(int count, FatalFaults faults) {
        Transport transport = Transport.EPOLL != null && Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO;
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(count)
                .setInternalBlockingPoolSize(1)
                .setWorkerPoolSize(1);
        options.getFileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        AcceptGates gates = new AcceptGates(failure -> onUncaught(failure, faults));
        Vertx vertx = Vertx.builder()
                .with(options)
                .withTransport(new GatedTransport(transport, gates))
                .build();
        vertx.exceptionHandler(failure -> onUncaught(failure, faults));
        LOG.atInfo()
                .addKeyValue("transport", transport.name())
                .addKeyValue("loops", count)
                .log("event loops started");
        return new EventLoops((VertxInternal) vertx, gates, count);
    }

    private static void onUncaught(Throwable failure, FatalFaults faults) {
        if (failure instanceof Error) {
            faults.onFailure("event loop", failure);
        } else {
            LOG.atError().setCause(failure).log("an event on a loop failed unexpectedly; report it");
        }
    }

    public Vertx vertx() {
        return vertx;
    }

    /// Who decides which connections to its ports are let in.
    public AcceptGates gates() {
        return gates;
    }

    /// The context of each loop, in the order of the loops.
    public List<ContextInternal> contexts() {
        return List.copyOf(contexts);
    }

    public int count() {
        return contexts.size();
    }

    public EventExecutor executor(int index) {
        return contexts.get(index).nettyEventLoop();
    }

    /// Closes everything that was opened on the loops, then ends them.
    public CompletableFuture<Void> stop() {
        return vertx.close().toCompletionStage().toCompletableFuture();
    }
}
