package io.meridian.server.network;

import io.meridian.settings.ConnectionLimits;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many connections are open, in all and per address. Safe to use from any loop.
final class ConnectionCounts {
    /// Whether a connection may stay.
    enum Admission {
        ADMITTED,
        TOO_MANY,
        TOO_MANY_OF_ADDRESS
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCounts.class);

    private int totalMax;
    private int perAddressMax;
    private Map<String, Integer> overrides = Map.of();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int total;

    ConnectionCounts(ConnectionLimits limits) {
        limit(limits);
    }

    /// Takes other limits. Connections that are open stay, also when they are more.
    synchronized void limit(ConnectionLimits limits) {
        totalMax = limits.totalMax();
        perAddressMax = limits.perAddressMax();
        overrides = byKey(limits.perAddressOverrides());
    }

    private static Map<String, Integer> byKey(Map<String, Integer> byText) {
        Map<String, Integer> byKey = new HashMap<>();
        byText.forEach((text, max) -> {
            try {
                byKey.put(AddressKey.of(InetAddress.ofLiteral(text)), max);
            } catch (IllegalArgumentException noAddress) {
                LOG.atWarn().addKeyValue("peer", text).log("max.connections.per.ip.overrides names no address");
            }
        });
        return byKey;
    }

    /// Counts a connection in if there is room for it.
    synchronized Admission open(String address) {
        if (total >= totalMax) {
            return Admission.TOO_MANY;
        }
        if (byAddress.getOrDefault(address, 0) >= overrides.getOrDefault(address, perAddressMax)) {
            return Admission.TOO_MANY_OF_ADDRESS;
        }
        total++;
        byAddress.merge(address, 1, Integer::sum);
        return Admission.ADMITTED;
    }

    /// Counts an admitted connection out.
    synchronized void close(String address) {
        total--;
        byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    synchronized int total() {
        return total;
    }
}
