package io.meridian.engine.metadata;

import io.meridian.engine.metadata.image.PartitionImage;
import java.util.List;
import java.util.function.IntPredicate;

/// Who leads a partition.
public final class LeaderElection {
    private LeaderElection() {}

    /// The current leader if it may stay, else the preferred replica, else the first other one; in each case only a
    /// member of the ISR that is eligible. [PartitionImage#NO_LEADER] when there is none.
    ///
    /// @param currentLeader [PartitionImage#NO_LEADER] when there is none
    /// @param replicas the preferred leader first
    public static int leader(int currentLeader, List<Integer> replicas, List<Integer> isr, IntPredicate eligible) {
        if (currentLeader != PartitionImage.NO_LEADER && isr.contains(currentLeader) && eligible.test(currentLeader)) {
            return currentLeader;
        }
        for (int replica : replicas) {
            if (isr.contains(replica) && eligible.test(replica)) {
                return replica;
            }
        }
        return PartitionImage.NO_LEADER;
    }
}
