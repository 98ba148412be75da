package io.meridian.engine.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Groups;
import io.meridian.protocol.message.JoinGroupResponse;
import org.junit.jupiter.api.Test;

final class GroupCountersTest {
    private final ShardBed bed = new ShardBed();

    @Test
    void rebalanceIsBegunByAJoinAndCompletedByTheLeader() {
        JoinGroupResponse joined = bed.joined(bed.join(""));
        assertThat(bed.counters().rebalancesBegun()).isEqualTo(1);
        assertThat(bed.counters().rebalancesCompleted()).isZero();
        assertThat(bed.shard().census().completing()).isEqualTo(1);

        bed.sync(joined.memberId(), 1, Groups.assignment(joined.memberId(), "all"));

        assertThat(bed.counters().rebalancesCompleted()).isEqualTo(1);
        assertThat(bed.shard().census()).isEqualTo(new GroupCensus(0, 0, 0, 1, 1, 0, 0));
    }

    @Test
    void memberThatFallsSilentIsCounted() {
        bed.alone();

        bed.pass(Groups.SESSION_MS + 1);

        assertThat(bed.counters().expiredSessions()).isEqualTo(1);
        assertThat(bed.shard().census().empty()).isEqualTo(1);
    }

    @Test
    void countersOutliveTheShard() {
        bed.alone();

        bed.restart();

        assertThat(bed.counters().rebalancesCompleted()).isEqualTo(1);
        assertThat(bed.shard().census().stable()).isEqualTo(1);
    }
}
