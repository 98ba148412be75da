package io.meridian.engine.node;

import io.meridian.engine.replication.TrafficCounters;
import io.meridian.log.state.SpaceLevel;
import io.meridian.log.storage.VolumeSpace;

/// What a node counts, read on its loop.
///
/// @param logBytes bytes in the log files of its partitions
/// @param partitionsOnline partitions that serve
/// @param partitionsOffline partitions taken out of service after a fault
/// @param partitionsUnderReplicated partitions of which a replica is not in sync
/// @param parkedProduces appends that wait for their acknowledgement
/// @param parkedFetches waits of fetches for more data
/// @param requestsInWork requests that wait for the nodes that own their partitions
/// @param fetchSessions open sessions
/// @param syncRounds rounds of syncs begun since the start
/// @param syncedLogs logs synced in those rounds, one counted once per round
/// @param unsyncedLogs logs that wait for the next round
/// @param spaceLevel how much room the volume has, as this node knows
/// @param space of the volume when this node last asked; zeros before
/// @param lowWatermarkBytes free bytes below which records of clients are refused
/// @param traffic of its partitions
/// @param groups that it coordinates
public record NodeStatistics(
        long logBytes,
        long partitionsOnline,
        long partitionsOffline,
        long partitionsUnderReplicated,
        long parkedProduces,
        long parkedFetches,
        long requestsInWork,
        long fetchSessions,
        long syncRounds,
        long syncedLogs,
        long unsyncedLogs,
        SpaceLevel spaceLevel,
        VolumeSpace space,
        long lowWatermarkBytes,
        TrafficCounters.Snapshot traffic,
        GroupStatistics groups) {}
