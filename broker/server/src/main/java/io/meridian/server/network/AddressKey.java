package io.meridian.server.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;

/// What counts as one address. Of IPv6 that is a network of 64 bits: whoever has one of its addresses has them all.
final class AddressKey {
    private static final int NETWORK_BYTES = 8;

    private AddressKey() {}

    /// Empty for a connection that has gone already.
    static String of(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null ? of(inet.getAddress()) : "";
    }

    static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "::/64"
                : address.getHostAddress();
    }
}
