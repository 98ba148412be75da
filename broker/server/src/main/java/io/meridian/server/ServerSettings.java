package io.meridian.server;

import io.meridian.server.network.NetworkSettings;
import io.meridian.server.runtime.DiskThreadSettings;
import java.nio.file.Path;

/// What the ring needs to know.
///
/// @param dataDirectory created if missing
/// @param loops event loops, at least 1
/// @param network the port for clients
/// @param budgetBytes that request frames may hold together
/// @param httpHost the address for health and metrics
/// @param httpPort its port, 0 for any free one
/// @param disks threads that block
/// @param stopTimeoutMs for everything to be synced and closed at a stop
public record ServerSettings(
        Path dataDirectory,
        int loops,
        NetworkSettings network,
        long budgetBytes,
        String httpHost,
        int httpPort,
        DiskThreadSettings disks,
        long stopTimeoutMs) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long STOP_TIMEOUT_MS = 30_000;
    private static final int BUDGET_SHARE = 4;
    private static final long BUDGET_BYTES_MIN = 128L * 1024 * 1024;

    /// The defaults: loopback, a loop per core, a quarter of the largest heap for frames but room for one of the
    /// largest.
    public static ServerSettings of(Path dataDirectory, int port, int httpPort) {
        long budgetBytes = Math.max(BUDGET_BYTES_MIN, Runtime.getRuntime().maxMemory() / BUDGET_SHARE);
        return new ServerSettings(
                dataDirectory,
                Runtime.getRuntime().availableProcessors(),
                NetworkSettings.on(LOOPBACK, port),
                budgetBytes,
                LOOPBACK,
                httpPort,
                DiskThreadSettings.DEFAULT,
                STOP_TIMEOUT_MS);
    }
}
