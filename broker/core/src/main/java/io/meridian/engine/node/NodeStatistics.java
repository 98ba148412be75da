package io.meridian.engine.node;

import org.jspecify.annotations.Nullable;

/// What one node counts, for metrics and health. Values of all nodes of a broker are added up, except where noted.
///
/// @param phase how far this node is in its life
/// @param clusterId the cluster's id, null before metadata is known; the same in every node
/// @param brokerId this broker's id, -1 before it is known; the same in every node
/// @param partitionsOnline partitions served
/// @param partitionsOffline partitions out of service because of a fault
/// @param logBytes bytes of all logs
/// @param parkedProduces Produce requests that wait for replication or a sync
/// @param parkedFetches Fetch requests that wait for data
/// @param fetchSessions incremental fetch sessions
public record NodeStatistics(
        Phase phase,
        @Nullable String clusterId,
        int brokerId,
        long partitionsOnline,
        long partitionsOffline,
        long logBytes,
        long parkedProduces,
        long parkedFetches,
        long fetchSessions) {
    /// A node's life, in this order.
    public enum Phase {
        /// Recovering logs and metadata; requests are not expected yet.
        STARTING,
        /// Every local log is recovered.
        READY,
        /// Everything is synced and closed; nothing more will be asked of the storage.
        STOPPED
    }
}
