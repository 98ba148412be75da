package io.meridian.server.testing;

import io.meridian.server.BrokerServer;
import io.meridian.server.ServerSettings;
import io.meridian.server.network.NetworkSettings;
import io.meridian.server.runtime.DiskThreadSettings;
import io.meridian.server.runtime.FatalFaults;
import io.meridian.server.runtime.StartRefused;
import io.meridian.settings.ConnectionLimits;
import io.meridian.transport.FrameSettings;
import io.meridian.transport.KafkaConnection;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// A whole server on free ports around scripted nodes, and clients for it.
public final class RunningServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LOOPS = 2;
    private static final long WAIT_SECONDS = 20;

    private final List<KafkaConnection> connections = new ArrayList<>();
    private final Vertx clients = Vertx.vertx();
    private final BrokerServer server;

    private RunningServer(BrokerServer server) {
        this.server = server;
    }

    /// Small limits, so that tests reach them.
    public static ServerSettings settings(Path directory) {
        NetworkSettings network = new NetworkSettings(
                LOOPBACK,
                0,
                new ConnectionLimits(20, 15, new TreeMap<>(), 1_000, 1_000),
                1 << 20,
                64,
                1 << 20,
                1 << 20,
                new FrameSettings(FrameSettings.REQUEST_HEADER_BYTES_MIN, 30_000, 600_000));
        return new ServerSettings(
                directory,
                1,
                LOOPS,
                network,
                4 << 20,
                LOOPBACK,
                0,
                new DiskThreadSettings(1, 1, 64),
                5_000,
                100,
                20,
                -1,
                "1.2.3");
    }

    public static RunningServer start(Path directory, IntFunction<ScriptedNode> nodes) throws Exception {
        return start(settings(directory), nodes);
    }

    public static RunningServer start(ServerSettings settings, IntFunction<ScriptedNode> nodes)
            throws StartRefused, InterruptedException {
        List<ScriptedNode> built = new ArrayList<>();
        for (int index = 0; index < settings.loops(); index++) {
            built.add(nodes.apply(index));
        }
        FatalFaults faults = new FatalFaults(code -> {
            throw new AssertionError("the process would have halted with " + code);
        });
        return new RunningServer(BrokerServer.start(settings, _ -> built, faults));
    }

    public BrokerServer server() {
        return server;
    }

    /// Waits until clients may come.
    public RunningServer ready() throws Exception {
        server.ready().get(WAIT_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /// A client that speaks the protocol.
    public KafkaConnection connect() throws Exception {
        FrameSettings timeouts = new FrameSettings(FrameSettings.RESPONSE_HEADER_BYTES_MIN, 30_000, 600_000);
        KafkaConnection connection = KafkaConnection.connect(clients, LOOPBACK, server.clientPort(), "test", timeouts)
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
        connections.add(connection);
        return connection;
    }

    /// A client that sends whatever it likes. Reads time out rather than hang a test.
    public Socket rawSocket() throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.clientPort());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        return socket;
    }

    @Override
    public void close() {
        connections.forEach(KafkaConnection::close);
        try {
            server.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server was stopped", interrupted);
        }
        clients.close().toCompletionStage().toCompletableFuture().join();
    }
}
