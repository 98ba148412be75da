package io.meridian.server.network;

import java.util.HashMap;
import java.util.Map;

/// How many connections are open, in all and per address. Safe to use from any loop.
final class ConnectionCounts {
    /// Whether a connection may stay.
    enum Admission {
        ADMITTED,
        TOO_MANY,
        TOO_MANY_OF_ADDRESS
    }

    private int totalMax;
    private int perAddressMax;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int total;

    ConnectionCounts(int totalMax, int perAddressMax) {
        this.totalMax = totalMax;
        this.perAddressMax = perAddressMax;
    }

    /// Takes other limits. Connections that are open stay, also when they are more.
    synchronized void limit(int newTotalMax, int newPerAddressMax) {
        totalMax = newTotalMax;
        perAddressMax = newPerAddressMax;
    }

    synchronized int totalMax() {
        return totalMax;
    }

    synchronized int perAddressMax() {
        return perAddressMax;
    }

    /// Counts a connection in if there is room for it.
    synchronized Admission open(String address) {
        if (total >= totalMax) {
            return Admission.TOO_MANY;
        }
        if (byAddress.getOrDefault(address, 0) >= perAddressMax) {
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
