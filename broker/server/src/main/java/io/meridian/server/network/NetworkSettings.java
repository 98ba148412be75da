package io.meridian.server.network;

import io.meridian.transport.FrameSettings;

/// @param host the address to listen on
/// @param port the port, 0 for any free one
/// @param connectionsMax connections open at once
/// @param connectionsPerAddressMax of them from one address
/// @param requestsInWorkMax requests of a connection that are read before the oldest is answered
/// @param requestBytesInWorkMax bytes of their frames
/// @param unsentFileBytesMax file bytes handed to a connection's socket above which no request of it is read
/// @param frames bounds on a connection's incoming side
public record NetworkSettings(
        String host,
        int port,
        int connectionsMax,
        int connectionsPerAddressMax,
        int requestsInWorkMax,
        long requestBytesInWorkMax,
        long unsentFileBytesMax,
        FrameSettings frames) {
    private static final long MIB = 1024 * 1024;
    private static final long FRAME_TIMEOUT_MS = 30_000;
    private static final long IDLE_TIMEOUT_MS = 600_000;

    /// The defaults for a listener.
    public static NetworkSettings on(String host, int port) {
        return new NetworkSettings(
                host,
                port,
                10_000,
                500,
                64,
                16 * MIB,
                16 * MIB,
                new FrameSettings(FrameSettings.REQUEST_HEADER_BYTES_MIN, FRAME_TIMEOUT_MS, IDLE_TIMEOUT_MS));
    }
}
