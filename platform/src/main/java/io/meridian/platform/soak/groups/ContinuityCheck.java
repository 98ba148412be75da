package io.meridian.platform.soak.groups;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /// A partition that the member has now.
    private static final class Holding {
        private final long sinceNs;
        private long nextOffset = -1;

        private Holding(long sinceNs) {
            this.sinceNs = sinceNs;
        }
    }

    private final Circumstances circumstances;
    private final Verdict.Collector kept = new Verdict.Collector();
    private final Verdict.Collector read = new Verdict.Collector();
    private final Waits rebalancing = new Waits();
    private final Waits settled = new Waits();

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
                    reads(group, member, rebalances);
                }
            }
        }
        return new Result(kept.verdict(), read.verdict(), rebalancing, settled);
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

    private void reads(GroupHistory group, MemberLog member, RebalanceTimes rebalances) {
        Map<TopicPartition, Holding> holdings = new HashMap<>();
        for (MemberEvent event : member.events()) {
            switch (event) {
                case MemberEvent.Assigned assigned -> {
                    release(group, member, holdings, missing(holdings, assigned.owned()), event.atNs());
                    for (TopicPartition partition : assigned.owned()) {
                        holdings.computeIfAbsent(partition, _ -> new Holding(event.atNs()));
                    }
                }
                case MemberEvent.Revoked revoked ->
                    release(group, member, holdings, revoked.partitions(), event.atNs());
                case MemberEvent.Lost lost -> holdings.keySet().removeAll(lost.partitions());
                case MemberEvent.Read batch -> {
                    Holding holding = holdings.get(batch.partition());
                    if (holding != null) {
                        takes(group, member, holding, batch, rebalances);
                    }
                }
                case MemberEvent.Closing _ -> {
                    release(group, member, holdings, Set.copyOf(holdings.keySet()), event.atNs());
                    return;
                }
                case MemberEvent.Committed _ -> {}
            }
        }
    }

    private static Set<TopicPartition> missing(Map<TopicPartition, Holding> holdings, Set<TopicPartition> owned) {
        Set<TopicPartition> missing = new HashSet<>(holdings.keySet());
        missing.removeAll(owned);
        return missing;
    }

    private void takes(
            GroupHistory group,
            MemberLog member,
            Holding holding,
            MemberEvent.Read batch,
            RebalanceTimes rebalances) {
        boolean isGapless = batch.count() == batch.endOffset() - batch.firstOffset()
                && (holding.nextOffset < 0 || holding.nextOffset == batch.firstOffset());
        if (!isGapless) {
            read.violation(group.groupId() + ": " + member.name() + " went from offset " + holding.nextOffset + " of "
                    + batch.partition() + " to " + batch.firstOffset() + ", " + batch.count() + " records until "
                    + batch.endOffset());
        }
        holding.nextOffset = batch.endOffset();
        for (long offset = batch.firstOffset(); offset < batch.endOffset(); offset++) {
            waited(group, member, holding, batch.partition(), offset, batch.atNs(), rebalances);
        }
    }

    private void waited(
            GroupHistory group,
            MemberLog member,
            Holding holding,
            TopicPartition partition,
            long offset,
            long readNs,
            RebalanceTimes rebalances) {
        if (!isJudged(holding, partition, offset, readNs)) {
            return;
        }
        read.checked();
        long sinceNs = circumstances.records().atNs(partition, offset);
        // A member may have a record before its producer knows that it is there.
        long waitNs =
                Math.max(0, readNs - sinceNs - circumstances.stalls().withinNs(sinceNs, readNs));
        (rebalances.meets(sinceNs, readNs) ? rebalancing : settled).add(waitNs);
        if (waitNs > BOUND_NS) {
            read.violation(group.groupId() + ": " + member.name() + " had " + partition + " and processed offset "
                    + offset + " only after " + waitNs / 1_000_000 + " ms");
        }
    }

    /// Records of the first moments are left out: the member has just been given the partition and looks up where
    /// to begin.
    private boolean isJudged(Holding holding, TopicPartition partition, long offset, long untilNs) {
        if (!circumstances.records().isKnown(partition, offset)) {
            return false;
        }
        long sinceNs = circumstances.records().atNs(partition, offset);
        return sinceNs - holding.sinceNs > BOUND_NS && !circumstances.isDisturbed(sinceNs, untilNs);
    }

    /// What could be read long ago must have been read by now.
    private void release(
            GroupHistory group,
            MemberLog member,
            Map<TopicPartition, Holding> holdings,
            Set<TopicPartition> released,
            long atNs) {
        for (TopicPartition partition : released) {
            Holding holding = holdings.remove(partition);
            if (holding == null || holding.nextOffset < 0 && atNs - holding.sinceNs <= 2 * BOUND_NS) {
                continue;
            }
            long endOffset = circumstances.records().endOffset(partition);
            for (long offset = Math.max(0, holding.nextOffset); offset < endOffset; offset++) {
                if (isJudged(holding, partition, offset, atNs) && leftOut(partition, offset, atNs)) {
                    read.violation(group.groupId() + ": " + member.name() + " had " + partition
                            + " and never processed offset " + offset);
                    break;
                }
            }
        }
    }

    private boolean leftOut(TopicPartition partition, long offset, long atNs) {
        long sinceNs = circumstances.records().atNs(partition, offset);
        return atNs - sinceNs - circumstances.stalls().withinNs(sinceNs, atNs) > BOUND_NS;
    }
}
