package io.meridian.engine.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.metadata.image.PartitionImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {
    private static final List<Integer> REPLICAS = List.of(1, 2, 3);

    @Test
    void currentLeaderStaysAlthoughAnotherIsPreferred() {
        assertThat(LeaderElection.leader(2, REPLICAS, List.of(1, 2, 3), _ -> true))
                .isEqualTo(2);
    }

    @Test
    void preferredReplicaFollowsALeaderThatMayNotLead() {
        assertThat(LeaderElection.leader(2, REPLICAS, List.of(1, 2, 3), id -> id != 2))
                .isEqualTo(1);
    }

    @Test
    void nextReplicaInSyncLeadsWhenThePreferredIsNot() {
        assertThat(LeaderElection.leader(1, REPLICAS, List.of(3), _ -> true)).isEqualTo(3);
    }

    @Test
    void replicaOutOfSyncNeverLeads() {
        assertThat(LeaderElection.leader(1, REPLICAS, List.of(3), id -> id != 3))
                .isEqualTo(PartitionImage.NO_LEADER);
        assertThat(LeaderElection.leader(PartitionImage.NO_LEADER, REPLICAS, List.of(), _ -> true))
                .isEqualTo(PartitionImage.NO_LEADER);
    }
}
