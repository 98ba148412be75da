package io.meridian.server;

import io.meridian.server.network.NetworkSettings;
import io.meridian.server.runtime.DiskThreadSettings;
import io.meridian.settings.BrokerConfig;
import io.meridian.transport.ByteBudget;
import io.meridian.transport.FrameDecoder;
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
/// @param httpConnectionsMax connections for health and metrics open at once
/// @param reservedFiles of those the process may have open, how many are for logs; -1 for a share
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
        int httpConnectionsMax,
        int reservedFiles,
        String version) {
    private static final String UNKNOWN_VERSION = "unknown";
    private static final String LOOPBACK = "127.0.0.1";
    private static final long STOP_TIMEOUT_MS = 30_000;
    private static final long NEVER_MS = Long.MAX_VALUE / 2_000_000;
    private static final int REQUESTS_IN_WORK_MAX = 64;
    private static final long MIB = 1024 * 1024;
    private static final long REQUEST_BYTES_IN_WORK_MAX = 16 * MIB;
    private static final long UNSENT_FILE_BYTES_MAX = 16 * MIB;
    private static final int SMALL_SHARE = 4;

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
                network.limits(),
                network.socketRequestMaxBytes(),
                REQUESTS_IN_WORK_MAX,
                REQUEST_BYTES_IN_WORK_MAX,
                UNSENT_FILE_BYTES_MAX,
                new FrameSettings(
                        FrameSettings.REQUEST_HEADER_BYTES_MIN,
                        network.setupTimeoutMs(),
                        network.requestTimeoutMs(),
                        idleMs < 0 ? NEVER_MS : idleMs,
                        network.responseTimeoutMs()));
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
                network.httpConnectionsMax(),
                network.reservedFiles(),
                UNKNOWN_VERSION);
    }

    /// The budget for request frames. A quarter of it is for small ones, or what the largest frame leaves of it.
    ByteBudget budget() {
        long share = Math.min(budgetBytes / SMALL_SHARE, budgetBytes - network.requestBytesMax());
        return new ByteBudget(budgetBytes, Math.max(0, share), FrameDecoder.TRUSTED_BYTES);
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
                httpConnectionsMax,
                reservedFiles,
                known);
    }
}
