package io.meridian.platform.cli.client;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The addresses from which a client finds its brokers.
///
/// @param addresses at least one, in the order given
record BootstrapAddresses(List<Address> addresses) {
    private static final int PORT_MAX = 65_535;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

    /// One of them, as it was written.
    record Address(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    BootstrapAddresses {
        addresses = List.copyOf(addresses);
    }

    /// Reads `HOST:PORT[,HOST:PORT..]`; an IPv6 address stands in brackets.
    static BootstrapAddresses parse(String text) {
        List<Address> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            addresses.add(address(part.strip()));
        }
        return new BootstrapAddresses(addresses);
    }

    private static Address address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        int port = port(text.substring(colon + 1));
        if (host.isEmpty() || port < 1 || port > PORT_MAX) {
            throw Refused.askedWrongly("--bootstrap: found '" + text + "', expected HOST:PORT, for example "
                    + ClientOptions.BOOTSTRAP_DEFAULT);
        }
        return new Address(host, port);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// As the client wants it.
    String text() {
        return String.join(",", addresses.stream().map(Address::toString).toList());
    }

    /// Returns when one of them accepts a connection. The Kafka client would try again and again until its
    /// deadline and then say only that time is up.
    ///
    /// @throws Refused with what went wrong at each, if none does
    void requireListener(Duration timeout) {
        Duration limit = timeout.compareTo(CONNECT_LIMIT) < 0 ? timeout : CONNECT_LIMIT;
        List<String> problems = new ArrayList<>();
        for (Address address : addresses) {
            String problem = problemAt(address, limit);
            if (problem.isEmpty()) {
                return;
            }
            problems.add(address + " (" + problem + ")");
        }
        throw Refused.with(
                ExitCode.NOT_REACHABLE,
                "no broker at " + String.join(", ", problems) + "; start one with `meridian up`, or name another with"
                        + " --bootstrap HOST:PORT or " + ClientOptions.BOOTSTRAP_VARIABLE);
    }

    private static String problemAt(Address address, Duration limit) {
        InetSocketAddress resolved = new InetSocketAddress(address.host, address.port);
        if (resolved.isUnresolved()) {
            return "unknown host";
        }
        try (Socket socket = new Socket()) {
            socket.connect(resolved, (int) limit.toMillis());
            return "";
        } catch (SocketTimeoutException e) {
            return "no answer within " + limit.toSeconds() + " s";
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            return Character.toLowerCase(message.charAt(0)) + message.substring(1);
        }
    }
}
