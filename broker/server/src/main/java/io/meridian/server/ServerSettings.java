package io.meridian.server;

import io.meridian.server.network.NetworkSettings;
import io.meridian.server.runtime.DiskThreadSettings;
import io.meridian.settings.BrokerConfig;
import io.meridian.transport.FrameSettings;
import java.nio.file.Path;

/// What the ring needs to know.
///
/// @param dataDirectory created if missing
/// @param brokerId this node's id
/// @param loops event loops, at least 1
/// @param network the port for clients
/// @param budgetBytes that request frames may hold together
/// @param httpHost the address for health and metrics
/// @param httpPort its port, 0 for any free one
/// @param disks threads that block
/// @param stopTimeoutMs for everything to be synced and closed at a stop
/// @param metricsDetailMax partitions, and committed offsets, that metrics show one by one
/// @param version of the build, for metrics
public record ServerSettings(
        Path dataDirectory,
        int brokerId,
        int loops,
        NetworkSettings network,
        long budgetBytes,
        String httpHost,
        int httpPort,
        DiskThreadSettings disks,
        long stopTimeoutMs,
        int metricsDetailMax,
        String version) {
    private static final String UNKNOWN_VERSION = "unknown";
    private static final String LOOPBACK = "127.0.0.1";
    private static final long STOP_TIMEOUT_MS = 30_000;
    private static final long NEVER_MS = Long.MAX_VALUE / 2_000_000;
    private static final int REQUESTS_IN_WORK_MAX = 64;
    private static final long MIB = 1024 * 1024;
    private static final long REQUEST_BYTES_IN_WORK_MAX = 16 * MIB;
    private static final long UNSENT_FILE_BYTES_MAX = 16 * MIB;
    private static final long FRAME_TIMEOUT_MS = 30_000;

    /// What a configuration asks for.
    ///
    /// @param directMemoryBytes memory outside the heap that the process may use; half of it is for frames unless
    ///     told otherwise
    public static ServerSettings of(Path dataDirectory, BrokerConfig config, long directMemoryBytes) {
        BrokerConfig.NetworkConfig network = config.network();
        // A core is left to the disk threads, the collector and the kernel's side of the sockets.
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        long idleMs = network.connectionsMaxIdleMs();
        long budgetBytes = network.queuedMaxRequestBytes() < 0
                ? Math.max(network.socketRequestMaxBytes(), directMemoryBytes / 2)
                : network.queuedMaxRequestBytes();
        NetworkSettings clients = new NetworkSettings(
                network.listener().host(),
                network.listener().port(),
                network.connectionsMax(),
                network.connectionsPerIpMax(),
                network.socketRequestMaxBytes(),
                REQUESTS_IN_WORK_MAX,
                REQUEST_BYTES_IN_WORK_MAX,
                UNSENT_FILE_BYTES_MAX,
                new FrameSettings(
                        FrameSettings.REQUEST_HEADER_BYTES_MIN, FRAME_TIMEOUT_MS, idleMs < 0 ? NEVER_MS : idleMs));
        return new ServerSettings(
                dataDirectory,
                config.nodeId(),
                config.networkThreads() > 0 ? config.networkThreads() : loops,
                clients,
                budgetBytes,
                LOOPBACK,
                network.httpPort(),
                DiskThreadSettings.DEFAULT,
                STOP_TIMEOUT_MS,
                config.metricsDetailMax(),
                UNKNOWN_VERSION);
    }

    /// The same for a build that knows its version.
    public ServerSettings withVersion(String known) {
        return new ServerSettings(
                dataDirectory,
                brokerId,
                loops,
                network,
                budgetBytes,
                httpHost,
                httpPort,
                disks,
                stopTimeoutMs,
                metricsDetailMax,
                known);
    }
}
