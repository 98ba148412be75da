package io.meridian.server.network;

import io.meridian.server.file.OpenFiles;
import io.meridian.server.metrics.NetworkMetrics;
import io.meridian.server.runtime.EventLoops;
import io.meridian.server.runtime.NodeLoop;
import io.meridian.server.runtime.StartRefused;
import io.meridian.settings.ConnectionLimits;
import io.meridian.transport.ByteBudget;
import io.meridian.transport.FrameDecoder;
import io.meridian.transport.KafkaSocket;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetServerInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port for clients. One server per loop shares it; Vert.x deals new connections out among them in turn.
public final class ClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClientListener.class);
    private static final int ACCEPT_BACKLOG = 1_024;

    private final EventLoops eventLoops;
    private final NetworkSettings settings;
    private final ByteBudget budget;
    private final NetworkMetrics metrics;
    private final ConnectionGate gate;
    private final List<LoopConnections> loops = new ArrayList<>();
    private final List<NetServer> servers = new ArrayList<>();

    /// @param nodeLoops one per event loop, in their order
    /// @param files of which connections leave some to logs
    public ClientListener(
            EventLoops eventLoops,
            List<NodeLoop> nodeLoops,
            NetworkSettings settings,
            ByteBudget budget,
            OpenFiles files,
            NetworkMetrics metrics) {
        this.eventLoops = eventLoops;
        this.settings = settings;
        this.budget = budget;
        this.metrics = metrics;
        this.gate = new ConnectionGate(settings.limits(), files, metrics);
        nodeLoops.forEach(loop -> loops.add(new LoopConnections(loop)));
        metrics.watch(budget);
        budget.onShort(this::onMemoryShort);
    }

    /// Binds the port and accepts; gives the port. Fails with a [StartRefused] when the port is taken.
    public CompletableFuture<Integer> open() {
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        eventLoops.gates().guard(settings.port(), gate);
        openFrom(0).onComplete(port -> bound.complete(port), failed -> bound.completeExceptionally(refusal(failed)));
        return bound;
    }

    private Future<Integer> openFrom(int index) {
        return listen(index).compose(server -> {
            servers.add(server);
            return index + 1 < loops.size() ? openFrom(index + 1) : Future.succeededFuture(server.actualPort());
        });
    }

    private Future<NetServer> listen(int index) {
        ContextInternal context = eventLoops.contexts().get(index);
        LoopConnections connections = loops.get(index);
        NetServerOptions options =
                new NetServerOptions().setTcpNoDelay(true).setReuseAddress(true).setAcceptBacklog(ACCEPT_BACKLOG);
        NetServer server = eventLoops.vertx().createNetServer(options).connectHandler(connections::onConnect);
        SocketAddress address = SocketAddress.inetSocketAddress(settings.port(), settings.host());
        return ((NetServerInternal) server).listen(context, address);
    }

    private StartRefused refusal(Throwable failed) {
        return StartRefused.cannotListen("clients", settings.host(), settings.port(), "--port", failed);
    }

    /// Takes other limits for the connections that come from now on. From any thread.
    public void limitConnections(ConnectionLimits limits) {
        gate.limit(limits);
    }

    /// Looks again at the connections that were not read because the disks did not keep up. From any thread.
    public void onDiskRelief() {
        for (LoopConnections loop : loops) {
            loop.loop.executor().execute(() -> loop.open.forEach(ClientConnection::reconsider));
        }
    }

    private void onMemoryShort() {
        for (LoopConnections loop : loops) {
            if (loop.isSweeping.compareAndSet(false, true)) {
                loop.sweepLater();
            }
        }
    }

    /// Accepts no more and closes every connection.
    public CompletableFuture<Void> close() {
        List<Future<Void>> closing = servers.stream().map(NetServer::close).toList();
        return Future.join(closing).<Void>mapEmpty().toCompletionStage().toCompletableFuture();
    }

    /// The connections of one loop.
    private final class LoopConnections {
        private final NodeLoop loop;
        private final ClientConnection.Surroundings surroundings;
        private final Set<ClientConnection> open = new LinkedHashSet<>();
        private final AtomicBoolean isSweeping = new AtomicBoolean();

        LoopConnections(NodeLoop loop) {
            this.loop = loop;
            this.surroundings = new ClientConnection.Surroundings(
                    loop, new ResponseEncoder(PooledByteBufAllocator.DEFAULT), budget, metrics, new QuietLog(LOG));
        }

        /// Once a second while somebody waits for memory.
        void sweepLater() {
            var _ = loop.executor().schedule(this::sweep, 1, TimeUnit.SECONDS);
        }

        private void sweep() {
            if (budget.waiting() == 0) {
                isSweeping.set(false);
                return;
            }
            long nowNs = System.nanoTime();
            List.copyOf(open).forEach(connection -> connection.makeRoom(nowNs));
            sweepLater();
        }

        void onConnect(NetSocket socket) {
            ClientConnection connection = new ClientConnection(surroundings, settings, open::remove);
            open.add(connection);
            FrameDecoder decoder = new FrameDecoder(settings.frames(), budget, connection);
            KafkaSocket taken = KafkaSocket.takeOver(socket, decoder, settings.unsentFileBytesMax());
            connection.attach(taken);
            long delayNs = ConnectionGate.delayNs(taken.channel());
            if (delayNs > 0) {
                connection.waitForTurn();
                var _ = loop.executor().schedule(connection::takeTurn, delayNs, TimeUnit.NANOSECONDS);
            }
        }
    }
}
