package io.meridian.server.network;

import io.meridian.transport.FrameSettings;

/// @param host the address to listen on
/// @param port the port, 0 for any free one, chosen before the nodes are built
/// @param connectionsMax connections open at once
/// @param connectionsPerAddressMax of them from one address
/// @param requestBytesMax bytes of one request, whatever its API
/// @param requestsInWorkMax requests of a connection that are read before the oldest is answered
/// @param requestBytesInWorkMax bytes of their frames
/// @param unsentFileBytesMax file bytes handed to a connection's socket above which no request of it is read
/// @param frames bounds on a connection's incoming side
public record NetworkSettings(
        String host,
        int port,
        int connectionsMax,
        int connectionsPerAddressMax,
        int requestBytesMax,
        int requestsInWorkMax,
        long requestBytesInWorkMax,
        long unsentFileBytesMax,
        FrameSettings frames) {
    /// The same on another port.
    public NetworkSettings withPort(int chosen) {
        return new NetworkSettings(
                host,
                chosen,
                connectionsMax,
                connectionsPerAddressMax,
                requestBytesMax,
                requestsInWorkMax,
                requestBytesInWorkMax,
                unsentFileBytesMax,
                frames);
    }
}
