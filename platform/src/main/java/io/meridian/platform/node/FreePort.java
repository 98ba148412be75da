package io.meridian.platform.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Finds ports on the loopback address that nobody listens on.
public final class FreePort {
    /// Below the range from which the kernel takes the ports of outgoing connections, so that a node which is killed
    /// and
    /// started again does not find its port taken by somebody's client.
    private static final int LOWEST = 20_000;

    private static final int COUNT = 10_000;
    private static final int ATTEMPTS = 200;

    private FreePort() {}

    /// A port that was free a moment ago, from 20000 to 29999.
    public static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port found between " + LOWEST + " and " + (LOWEST + COUNT - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
