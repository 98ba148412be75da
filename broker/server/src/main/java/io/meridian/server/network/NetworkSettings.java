package io.meridian.server.network;

import io.meridian.settings.ConnectionLimits;
import io.meridian.transport.FrameSettings;

/// @param host the address to listen on
/// @param port the port, 0 for any free one, chosen before the nodes are built
/// @param limits how many connections there may be, until the nodes say otherwise
/// @param requestBytesMax bytes of one request, whatever its API
/// @param requestsInWorkMax requests of a connection that are read before the oldest is answered
/// @param requestBytesInWorkMax bytes of their frames
/// @param unsentFileBytesMax file bytes handed to a connection's socket above which no request of it is read
/// @param frames bounds on a connection's incoming side
public record NetworkSettings(
        String host,
        int port,
        ConnectionLimits limits,
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
                limits,
                requestBytesMax,
                requestsInWorkMax,
                requestBytesInWorkMax,
                unsentFileBytesMax,
                frames);
    }
}
