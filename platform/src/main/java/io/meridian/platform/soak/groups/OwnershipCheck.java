package io.meridian.platform.soak.groups;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// No partition is owned by two members in one generation, nobody processes what it does not own, and no member sees
/// generations go back.
///
/// Lives of one static member count as one owner if the earlier one had gone before the later one was assigned: that
/// a static member finds its partitions again in the same generation is what it is static for.
final class OwnershipCheck {
    /// Who owned what.
    private record Claim(int generation, TopicPartition partition) {}

    private OwnershipCheck() {}

    /// The number checked is that of partitions owned in a generation.
    static Verdict check(GroupHistory group) {
        Verdict.Collector findings = new Verdict.Collector();
        Map<Claim, MemberLog> owners = new HashMap<>();
        for (MemberLog member : group.members()) {
            int generation = 0;
            for (MemberEvent.Assigned assigned : member.assignments()) {
                if (assigned.generation() <= generation) {
                    findings.violation(group.groupId() + ": " + member.name() + " was assigned generation "
                            + assigned.generation() + " after " + generation);
                }
                generation = assigned.generation();
                claim(group, member, assigned, owners, findings);
            }
            readsOnlyItsOwn(group, member, findings);
        }
        return findings.verdict();
    }

    private static void claim(
            GroupHistory group,
            MemberLog member,
            MemberEvent.Assigned assigned,
            Map<Claim, MemberLog> owners,
            Verdict.Collector findings) {
        for (TopicPartition partition : assigned.owned()) {
            findings.checked();
            MemberLog other = owners.put(new Claim(assigned.generation(), partition), member);
            if (other != null && !isEarlierLifeOf(other, member, assigned)) {
                findings.violation(group.groupId() + ": " + partition + " is owned by " + other.name() + " and by "
                        + member.name() + " in generation " + assigned.generation());
            }
        }
    }

    private static boolean isEarlierLifeOf(MemberLog other, MemberLog member, MemberEvent.Assigned assigned) {
        return other.identity().equals(member.identity()) && other.closingNs() - assigned.atNs() < 0;
    }

    private static void readsOnlyItsOwn(GroupHistory group, MemberLog member, Verdict.Collector findings) {
        Set<TopicPartition> owned = new HashSet<>();
        for (MemberEvent event : member.events()) {
            switch (event) {
                case MemberEvent.Assigned assigned -> {
                    owned.clear();
                    owned.addAll(assigned.owned());
                }
                case MemberEvent.Revoked revoked -> owned.removeAll(revoked.partitions());
                case MemberEvent.Lost lost -> owned.removeAll(lost.partitions());
                case MemberEvent.Read read -> {
                    if (!owned.contains(read.partition())) {
                        findings.violation(group.groupId() + ": " + member.name() + " processed records of "
                                + read.partition() + " without owning it");
                    }
                }
                case MemberEvent.Committed _, MemberEvent.Closing _ -> {}
            }
        }
    }

    /// The same for several groups.
    static Verdict check(List<GroupHistory> groups) {
        return groups.stream().map(OwnershipCheck::check).reduce(new Verdict(0, 0, ""), Verdict::and);
    }
}
