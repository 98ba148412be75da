package io.meridian.platform.soak.groups;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// What one member of a cooperative group did with the partitions it had: every record, without gaps, each soon.
final class MemberReading {
    /// A partition that the member has now.
    private static final class Holding {
        private final long sinceNs;
        private long nextOffset = -1;

        private Holding(long sinceNs) {
            this.sinceNs = sinceNs;
        }
    }

    private final MemberLog member;
    private final RebalanceTimes rebalances;
    private final RecordTimes records;
    private final Stalls stalls;
    private final Recovery recovery;
    private final ContinuityCheck.Findings findings;
    private final String who;
    private final Map<TopicPartition, Holding> holdings = new HashMap<>();

    MemberReading(
            GroupHistory group,
            MemberLog member,
            RebalanceTimes rebalances,
            Circumstances circumstances,
            ContinuityCheck.Findings findings) {
        this.member = member;
        this.rebalances = rebalances;
        this.records = circumstances.records();
        this.stalls = circumstances.stalls();
        this.recovery = new Recovery(member, circumstances);
        this.findings = findings;
        this.who = group.groupId() + ": " + member.name();
    }

    void check() {
        for (MemberEvent event : member.events()) {
            switch (event) {
                case MemberEvent.Assigned assigned -> {
                    release(missing(assigned.owned()), event.atNs());
                    for (TopicPartition partition : assigned.owned()) {
                        holdings.computeIfAbsent(partition, _ -> new Holding(event.atNs()));
                    }
                }
                case MemberEvent.Revoked revoked -> release(revoked.partitions(), event.atNs());
                case MemberEvent.Lost lost -> holdings.keySet().removeAll(lost.partitions());
                case MemberEvent.Read batch -> {
                    Holding holding = holdings.get(batch.partition());
                    if (holding != null) {
                        takes(holding, batch);
                    }
                }
                case MemberEvent.Closing _ -> {
                    release(Set.copyOf(holdings.keySet()), event.atNs());
                    return;
                }
                case MemberEvent.Committed _ -> {}
            }
        }
    }

    private Set<TopicPartition> missing(Set<TopicPartition> owned) {
        Set<TopicPartition> missing = new HashSet<>(holdings.keySet());
        missing.removeAll(owned);
        return missing;
    }

    private void takes(Holding holding, MemberEvent.Read batch) {
        boolean isGapless = batch.count() == batch.endOffset() - batch.firstOffset()
                && (holding.nextOffset < 0 || holding.nextOffset == batch.firstOffset());
        if (!isGapless) {
            findings.read()
                    .violation(who + " went from offset " + holding.nextOffset + " of " + batch.partition() + " to "
                            + batch.firstOffset() + ", " + batch.count() + " records until " + batch.endOffset());
        }
        holding.nextOffset = batch.endOffset();
        for (long offset = batch.firstOffset(); offset < batch.endOffset(); offset++) {
            if (isJudged(holding, batch.partition(), offset, batch.atNs())) {
                waited(batch.partition(), offset, batch.atNs());
            }
        }
    }

    private void waited(TopicPartition partition, long offset, long readNs) {
        findings.read().checked();
        long waitNs = waitNs(partition, offset, readNs);
        boolean isInRebalance = rebalances.meets(records.atNs(partition, offset), readNs);
        (isInRebalance ? findings.rebalancing() : findings.settled()).add(waitNs);
        if (waitNs > ContinuityCheck.BOUND_NS) {
            findings.read()
                    .violation(who + " had " + partition + " and processed offset " + offset + " only after "
                            + waitNs / 1_000_000 + " ms");
        }
    }

    /// A member may have a record before its producer knows that it is there.
    private long waitNs(TopicPartition partition, long offset, long untilNs) {
        long sinceNs = records.atNs(partition, offset);
        return Math.max(0, untilNs - sinceNs - stalls.withinNs(sinceNs, untilNs));
    }

    /// Records of the first moments are left out: the member has just been given the partition and looks up where
    /// to begin.
    private boolean isJudged(Holding holding, TopicPartition partition, long offset, long untilNs) {
        if (!records.isKnown(partition, offset)) {
            return false;
        }
        long sinceNs = records.atNs(partition, offset);
        return sinceNs - holding.sinceNs > ContinuityCheck.BOUND_NS && !recovery.isDisturbed(sinceNs, untilNs);
    }

    /// What could be read long ago must have been read by now.
    private void release(Set<TopicPartition> released, long atNs) {
        for (TopicPartition partition : released) {
            Holding holding = holdings.remove(partition);
            if (holding == null) {
                continue;
            }
            long endOffset = records.endOffset(partition);
            for (long offset = Math.max(0, holding.nextOffset); offset < endOffset; offset++) {
                if (isJudged(holding, partition, offset, atNs)
                        && waitNs(partition, offset, atNs) > ContinuityCheck.BOUND_NS) {
                    findings.read().violation(who + " had " + partition + " and never processed offset " + offset);
                    break;
                }
            }
        }
    }
}
