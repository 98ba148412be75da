package io.meridian.server;

import io.meridian.base.SeededRandom;
import io.meridian.engine.effect.StartReport;
import io.meridian.server.file.DirectoryLocked;
import io.meridian.server.file.LockedDirectory;
import io.meridian.server.file.OpenFiles;
import io.meridian.server.http.HttpEndpoint;
import io.meridian.server.metrics.MetricRegistry;
import io.meridian.server.metrics.NetworkMetrics;
import io.meridian.server.metrics.StorageMetrics;
import io.meridian.server.network.ClientListener;
import io.meridian.server.network.FreePort;
import io.meridian.server.network.NetworkSettings;
import io.meridian.server.runtime.DiskThreads;
import io.meridian.server.runtime.EventLoops;
import io.meridian.server.runtime.FatalFaults;
import io.meridian.server.runtime.HostedNode;
import io.meridian.server.runtime.LoopListener;
import io.meridian.server.runtime.NodeFactory;
import io.meridian.server.runtime.NodeLoop;
import io.meridian.server.runtime.StartRefused;
import io.meridian.server.runtime.SystemClock;
import io.meridian.settings.ConnectionLimits;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One broker process: data directory, disk threads, event loops with their nodes, HTTP, and last the port for
/// clients.
///
/// Opened in that order and closed in the opposite one. HTTP answers while logs are recovered; clients are let
/// in once every node has opened its partitions.
public final class BrokerServer {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerServer.class);

    private final ServerSettings settings;
    private final LockedDirectory directory;
    private final DiskThreads disks;
    private final EventLoops eventLoops;
    private final List<NodeLoop> nodeLoops;
    private final MetricRegistry registry;
    private final HttpEndpoint http;
    private final ClientListener listener;
    private final CompletableFuture<StartReport> recovered = new CompletableFuture<>();
    private final CompletableFuture<StartReport> ready;
    private final CompletableFuture<Void> logsClosed = new CompletableFuture<>();
    private final int clientPort;
    private int httpPort;

    private BrokerServer(
            ServerSettings settings,
            LockedDirectory directory,
            NodeFactory factory,
            FatalFaults faults,
            EventLoops eventLoops)
            throws StartRefused {
        this.settings = settings;
        this.directory = directory;
        this.eventLoops = eventLoops;
        NetworkSettings network = withPort(settings.network());
        this.clientPort = network.port();
        List<? extends HostedNode> nodes = factory.create(new NodeFactory.Site(
                directory.storage(),
                settings.loops(),
                network.host(),
                clientPort,
                new SeededRandom(new SecureRandom().nextLong())));
        this.disks = new DiskThreads(settings.disks(), faults);
        this.nodeLoops = loops(nodes, faults);
        this.registry = new MetricRegistry(settings.version());
        OpenFiles files = directory.storage().openFiles();
        StorageMetrics.register(registry, disks, directory.storage().statistics(), files);
        this.listener = new ClientListener(
                eventLoops, nodeLoops, network, settings.budget(), files, new NetworkMetrics(registry));
        disks.onRelief(listener::onDiskRelief);
        this.ready = recovered.thenCompose(report -> listener.open().thenApply(_ -> report));
        HttpEndpoint.Bounds bounds =
                new HttpEndpoint.Bounds(settings.httpConnectionsMax(), settings.metricsDetailMax());
        this.http = new HttpEndpoint(
                eventLoops, nodeLoops, registry, bounds, files, settings.brokerId(), this::started, faults);
    }

    private List<NodeLoop> loops(List<? extends HostedNode> nodes, FatalFaults faults) {
        SystemClock clock = new SystemClock();
        LoopListener loopListener = new LoopListener() {
            @Override
            public void onReady(StartReport report) {
                recovered.complete(report);
            }

            @Override
            public void onConnectionLimits(ConnectionLimits limits) {
                listener.limitConnections(limits);
            }

            @Override
            public void onStopped() {
                logsClosed.complete(null);
            }
        };
        List<NodeLoop> loops = new ArrayList<>();
        for (int index = 0; index < nodes.size(); index++) {
            loops.add(new NodeLoop(
                    index, eventLoops.executor(index), nodes.get(index), disks, clock, faults, loopListener));
        }
        return List.copyOf(loops);
    }

    private static NetworkSettings withPort(NetworkSettings network) throws StartRefused {
        if (network.port() != 0) {
            return network;
        }
        try {
            return network.withPort(FreePort.find(network.host()));
        } catch (IOException failed) {
            throw new StartRefused("no port is free on " + network.host() + ": " + failed.getMessage(), failed);
        }
    }

    /// Opens everything up to HTTP and lets the nodes begin; [#ready()] tells when clients may come.
    ///
    /// @throws StartRefused when something stands in the way: one line for the operator; nothing stays open
    public static BrokerServer start(ServerSettings settings, NodeFactory factory, FatalFaults faults)
            throws StartRefused, InterruptedException {
        LockedDirectory directory = openDirectory(settings);
        EventLoops eventLoops = EventLoops.start(settings.loops(), faults);
        BrokerServer server = null;
        try {
            server = new BrokerServer(settings, directory, factory, faults, eventLoops);
            server.open();
            return server;
        } catch (StartRefused refused) {
            if (server != null) {
                server.releaseAll();
            } else {
                await(eventLoops.stop());
                closeDirectory(directory);
            }
            throw refused;
        }
    }

    private static LockedDirectory openDirectory(ServerSettings settings) throws StartRefused {
        try {
            return LockedDirectory.open(settings.dataDirectory(), OpenFiles.ofProcess(settings.reservedFiles()));
        } catch (DirectoryLocked locked) {
            throw new StartRefused(String.valueOf(locked.getMessage()), locked);
        } catch (IOException failed) {
            throw new StartRefused(
                    "data directory " + settings.dataDirectory().toAbsolutePath() + " cannot be used: " + failed,
                    failed);
        }
    }

    private void open() throws StartRefused, InterruptedException {
        httpPort = await(http.open(settings.httpHost(), settings.httpPort()));
        NodeLoop.start(nodeLoops);
    }

    /// What the start found, once every log is recovered and the port for clients is open. Fails with a
    /// [StartRefused] when the port is taken; the server is then to be stopped.
    public CompletableFuture<StartReport> ready() {
        return ready.copy();
    }

    private @Nullable StartReport started() {
        return ready.isDone() && !ready.isCompletedExceptionally() ? ready.resultNow() : null;
    }

    /// The port for clients.
    public int clientPort() {
        return clientPort;
    }

    /// The port of health and metrics.
    public int httpPort() {
        return httpPort;
    }

    /// Closes the port for clients, lets the nodes sync and close what they have, then closes the rest. Returns
    /// when all is closed, or when the time for it is over: then the next start recovers.
    public void stop() throws InterruptedException {
        awaitOrWarn(listener.close(), "clients' connections are not closed in time");
        nodeLoops.forEach(NodeLoop::stopNode);
        awaitOrWarn(logsClosed, "logs are not closed in time; the next start recovers them");
        releaseAll();
        LOG.atInfo().log("broker stopped");
    }

    private void releaseAll() throws InterruptedException {
        for (NodeLoop loop : nodeLoops) {
            awaitOrWarn(loop.stop(), "an event loop does not answer");
        }
        if (!disks.stop(settings.stopTimeoutMs())) {
            LOG.atWarn().log("storage jobs did not end in time");
        }
        awaitOrWarn(http.close(), "HTTP is not closed in time");
        awaitOrWarn(eventLoops.stop(), "event loops did not end in time");
        registry.close();
        closeDirectory(directory);
    }

    private static void closeDirectory(LockedDirectory directory) {
        try {
            directory.close();
        } catch (IOException failed) {
            LOG.atWarn().addKeyValue("error", failed).log("the data directory could not be given up");
        }
    }

    private void awaitOrWarn(CompletableFuture<?> awaited, String warning) throws InterruptedException {
        try {
            awaited.get(settings.stopTimeoutMs(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            LOG.atWarn().addKeyValue("error", failed).log(warning);
        }
    }

    private static <T> T await(CompletableFuture<T> awaited) throws StartRefused, InterruptedException {
        try {
            return awaited.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof StartRefused refused
                    ? refused
                    : new StartRefused("the broker cannot start: " + failed.getCause(), failed);
        }
    }
}
