package io.meridian.platform.soak.groups;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A member of a cooperative group that nobody touches never stops while others come and go.
///
/// From its joining until it goes, and except around kills:
/// - it never finds out that it lost partitions;
/// - it is never asked to give up a partition that it owns again in the next generation of the same members;
/// - of a partition that it keeps it processes every record, without gaps, and each within [#BOUND_NS] of the moment
///   at which it could be read.
///
/// A member that stopped would have to wait until the slowest other member hears of the rebalance, which is at its
/// next heartbeat: the bound is one heartbeat interval. A member that goes on needs far less: a fetch that is
/// under way is answered as soon as there is a record, and the longest blocking steps of a poll are round trips
/// (a commit, the offsets of newly assigned partitions).
final class ContinuityCheck {
    /// How long a record may wait for a member that does not stop.
    static final long BOUND_NS = MemberLife.HEARTBEAT_MS * 1_000_000L;

    /// A member that went without a word is missed after its session, and the rebalance then takes its time.
    private static final long DEPARTURE_FELT_NS = (MemberLife.SHORT_SESSION_MS + 4_000L) * 1_000_000L;

    /// What was found in cooperative groups.
    ///
    /// @param kept rebalances that a member lived through, and partitions lost or given up for nothing
    /// @param read records whose waiting was measured, and those that waited too long or were left out
    /// @param rebalancing how long records waited while the group was rebalancing
    /// @param settled how long they waited otherwise
    record Result(Verdict kept, Verdict read, Waits rebalancing, Waits settled) {}

    /// What is being found.
    record Findings(Verdict.Collector read, Waits rebalancing, Waits settled) {}

    private final Circumstances circumstances;
    private final Verdict.Collector kept = new Verdict.Collector();
    private final Findings findings = new Findings(new Verdict.Collector(), new Waits(), new Waits());

    ContinuityCheck(Circumstances circumstances) {
        this.circumstances = circumstances;
    }

    /// Takes the cooperative ones of these groups.
    Result check(List<GroupHistory> groups) {
        for (GroupHistory group : groups) {
            if (group.kind().isCooperative()) {
                RebalanceTimes rebalances = new RebalanceTimes(group, BOUND_NS);
                for (MemberLog member : group.members()) {
                    keeps(group, member, rebalances);
                    new MemberReading(group, member, rebalances, circumstances, findings).check();
                }
            }
        }
        return new Result(kept.verdict(), findings.read().verdict(), findings.rebalancing(), findings.settled());
    }

    private void keeps(GroupHistory group, MemberLog member, RebalanceTimes rebalances) {
        MemberEvent.Assigned before = null;
        MemberEvent.Revoked revokedBefore = null;
        MemberEvent.Revoked revoked = null;
        for (MemberEvent event : member.events()) {
            switch (event) {
                case MemberEvent.Assigned now -> {
                    if (before != null) {
                        kept.checked();
                        keeps(group, member, before, revokedBefore, now, rebalances);
                    }
                    before = now;
                    revokedBefore = revoked;
                    revoked = null;
                }
                case MemberEvent.Revoked asked -> revoked = asked;
                case MemberEvent.Lost lost -> {
                    if (!lost.partitions().isEmpty() && !circumstances.isDisturbed(lost.atNs(), lost.atNs())) {
                        kept.violation(group.groupId() + ": " + member.name() + " lost " + lost.partitions());
                    }
                }
                case MemberEvent.Closing _ -> {
                    return;
                }
                case MemberEvent.Read _, MemberEvent.Committed _ -> {}
            }
        }
    }

    /// What a member had to give up for the generation `before` does not come back `now`, in the next one, while
    /// the members are the same: it would have been given up for nothing.
    private void keeps(
            GroupHistory group,
            MemberLog member,
            MemberEvent.Assigned before,
            MemberEvent.@Nullable Revoked revoked,
            MemberEvent.Assigned now,
            RebalanceTimes rebalances) {
        if (revoked == null
                || now.generation() != before.generation() + 1
                || circumstances.isDisturbed(revoked.atNs(), now.atNs())) {
            return;
        }
        Set<TopicPartition> back = new HashSet<>(now.owned());
        back.retainAll(revoked.partitions());
        if (!back.isEmpty()
                && rebalances.sameMembers(before.generation(), now.generation())
                && !rebalances.someoneWent(revoked.atNs() - DEPARTURE_FELT_NS, now.atNs())) {
            kept.violation(group.groupId() + ": " + member.name() + " had to give up " + back + " for generation "
                    + before.generation() + " and has it again in " + now.generation());
        }
    }
}
