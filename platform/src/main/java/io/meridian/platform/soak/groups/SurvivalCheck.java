package io.meridian.platform.soak.groups;

import java.util.List;

/// Members of groups in which nobody comes or goes keep their generation and their partitions through every kill.
final class SurvivalCheck {
    private SurvivalCheck() {}

    /// @param groups whose members were all assigned before the first outage and stayed
    /// @param outages those from which the members had time to come back
    /// @return the number checked is that of a member's outages
    static Verdict check(List<GroupHistory> groups, List<Outage> outages) {
        Verdict.Collector findings = new Verdict.Collector();
        if (outages.isEmpty()) {
            return findings.verdict();
        }
        for (GroupHistory group : groups) {
            int generation = 0;
            for (MemberLog member : group.members()) {
                generation = Math.max(generation, generationAt(member, outages.getFirst().killedNs()));
            }
            for (MemberLog member : group.members()) {
                if (generationAt(member, outages.getFirst().killedNs()) != generation) {
                    findings.violation(group.groupId() + ": " + member.name() + " was not in generation " + generation
                            + " before the first kill");
                }
                staysAsItIs(group, member, outages.getFirst(), findings);
                for (Outage outage : outages) {
                    goesOn(group, member, outage, findings);
                }
            }
        }
        return findings.verdict();
    }

    private static int generationAt(MemberLog member, long atNs) {
        int generation = 0;
        for (MemberEvent.Assigned assigned : member.assignments()) {
            generation = assigned.atNs() - atNs < 0 ? assigned.generation() : generation;
        }
        return generation;
    }

    private static void staysAsItIs(
            GroupHistory group, MemberLog member, Outage first, Verdict.Collector findings) {
        for (MemberEvent event : member.events()) {
            boolean isChange = switch (event) {
                case MemberEvent.Assigned _, MemberEvent.Revoked _, MemberEvent.Lost _ -> true;
                case MemberEvent.Read _, MemberEvent.Committed _, MemberEvent.Closing _ -> false;
            };
            if (event instanceof MemberEvent.Closing) {
                return;
            }
            if (isChange && event.atNs() - first.killedNs() > 0) {
                findings.violation(group.groupId() + ": " + member.name()
                        + " did not keep its generation through a kill: " + event);
                return;
            }
        }
    }

    private static void goesOn(GroupHistory group, MemberLog member, Outage outage, Verdict.Collector findings) {
        findings.checked();
        boolean committed = member.events().stream()
                .anyMatch(event -> event instanceof MemberEvent.Committed commit
                        && commit.isAcknowledged()
                        && commit.endedNs() - outage.readyNs() > 0);
        if (!committed) {
            findings.violation(group.groupId() + ": " + member.name() + " committed nothing more after a kill");
        }
    }
}
