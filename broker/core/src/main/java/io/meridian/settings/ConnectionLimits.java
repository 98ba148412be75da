package io.meridian.settings;

import java.util.SortedMap;

/// How many client connections may be open, and how fast they may come.
///
/// @param totalMax open at once
/// @param perAddressMax of them from one address
/// @param perAddressOverrides what counts instead for single addresses
/// @param creationRate let in per second, at least 1
/// @param creationRatePerAddress of them from one address, at least 1
public record ConnectionLimits(
        int totalMax,
        int perAddressMax,
        SortedMap<String, Integer> perAddressOverrides,
        int creationRate,
        int creationRatePerAddress) {
    /// What is in force for a broker.
    public static ConnectionLimits of(EffectiveBrokerConfig config) {
        return new ConnectionLimits(
                config.value(ConnectionSettings.MAX_CONNECTIONS),
                config.value(ConnectionSettings.MAX_CONNECTIONS_PER_IP),
                config.value(ConnectionSettings.MAX_CONNECTIONS_PER_IP_OVERRIDES),
                config.value(ConnectionSettings.MAX_CONNECTION_CREATION_RATE),
                config.value(ConnectionSettings.MAX_CONNECTION_CREATION_RATE_PER_IP));
    }
}
