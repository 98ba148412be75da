package io.meridian.server.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port that was free a moment ago. Nodes tell clients where to connect and are built before the listener, so
/// "any port" has to become one first; another process may still take it in between, which then shows as a
/// refused start.
public final class FreePort {
    private FreePort() {}

    /// A free port of an address.
    public static int find(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
