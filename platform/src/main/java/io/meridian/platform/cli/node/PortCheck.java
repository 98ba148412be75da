package io.meridian.platform.cli.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Looks whether a port is free for a node.
final class PortCheck {
    private static final int CONNECT_LIMIT_MS = 1_000;

    private PortCheck() {}

    /// @param option with which `up` is given another port
    static Finding of(String check, String option, int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return Finding.ok(check, port + " is free");
        } catch (IOException e) {
            return isListening(address)
                    ? Finding.warn(
                            check,
                            port + " is taken: something listens there",
                            "all is well if that is the node; for another one say `up " + option + " N`")
                    : Finding.fail(
                            check,
                            port + " cannot be had: " + e.getMessage(),
                            "choose another with `up " + option + " N`");
        }
    }

    private static boolean isListening(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_LIMIT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
