package io.meridian.engine.metadata.image;

import java.util.List;

/// One partition as the controller last decided it.
///
/// Invariant: a leader is a member of the ISR, and the ISR is a subset of the replicas.
///
/// @param partition index within the topic, from 0
/// @param leader broker id, or [#NO_LEADER]
/// @param leaderEpoch rises with every new reign, also when the same broker leads again
/// @param partitionEpoch rises with every change of this value
/// @param replicas broker ids, the preferred leader first
/// @param isr broker ids in the order of `replicas`
public record PartitionImage(
        int partition, int leader, int leaderEpoch, int partitionEpoch, List<Integer> replicas, List<Integer> isr) {
    /// Stands where a leader's id would when no replica may lead.
    public static final int NO_LEADER = -1;

    public PartitionImage {
        replicas = List.copyOf(replicas);
        isr = List.copyOf(isr);
    }

    public boolean hasLeader() {
        return leader != NO_LEADER;
    }
}
