package io.meridian.engine.node;

import io.meridian.engine.group.GroupCensus;
import io.meridian.engine.group.GroupCounters;

/// What a node counts of the groups that it coordinates.
///
/// @param census of the shards that serve
/// @param loadingShards shards that are being read; their groups' clients wait
/// @param servingShards shards that serve
/// @param unreadableShards shards whose records could not be read; their groups' clients are sent elsewhere, in vain
/// @param parkedAnswers answers that wait until what they say is durable
/// @param counters since the start
public record GroupStatistics(
        GroupCensus census,
        long loadingShards,
        long servingShards,
        long unreadableShards,
        long parkedAnswers,
        GroupCounters.Snapshot counters) {}
