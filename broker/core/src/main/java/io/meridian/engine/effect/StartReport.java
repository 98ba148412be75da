package io.meridian.engine.effect;

import java.util.List;
import java.util.SortedMap;

/// What a broker found when it started.
///
/// @param brokerEpoch of this start
/// @param partitionCount partitions that this broker opened
/// @param offline partitions that cannot serve, by name, with the reason
/// @param unclaimedDirectories directories of partitions that no topic claims; they are left alone
public record StartReport(
        String clusterId,
        long brokerEpoch,
        int partitionCount,
        SortedMap<String, String> offline,
        List<String> unclaimedDirectories) {}
