package io.meridian.engine.handler;

import io.meridian.base.Uuid;
import io.meridian.protocol.message.FetchRequest.FetchPartition;

/// One partition that a fetch asks for, as the client named it.
///
/// @param topic empty when the client names topics by id
/// @param topicId zero when the client names topics by name
record FetchTarget(
        String topic,
        Uuid topicId,
        int partition,
        long fetchOffset,
        int currentLeaderEpoch,
        int lastFetchedEpoch,
        int maxBytes) {
    /// What tells the partitions of one session apart.
    record Key(String topic, Uuid topicId, int partition) {}

    static FetchTarget of(String topic, Uuid topicId, FetchPartition partition) {
        return new FetchTarget(
                topic,
                topicId,
                partition.partition(),
                partition.fetchOffset(),
                partition.currentLeaderEpoch(),
                partition.lastFetchedEpoch(),
                Math.max(0, partition.partitionMaxBytes()));
    }

    Key key() {
        return new Key(topic, topicId, partition);
    }
}
