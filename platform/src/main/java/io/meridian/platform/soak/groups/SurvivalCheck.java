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
            long untilNs =
                    group.members().isEmpty() ? 0 : group.members().getFirst().closingNs();
            for (MemberLog member : group.members()) {
                generation = Math.max(
                        generation, generationAt(member, outages.getFirst().killedNs()));
                untilNs = Math.min(untilNs, member.closingNs());
            }
            for (MemberLog member : group.members()) {
                if (generationAt(member, outages.getFirst().killedNs()) != generation) {
                    findings.violation(group.groupId() + ": " + member.name() + " was not in generation " + generation
                            + " before the first kill");
                }
                staysAsItIs(group, member, outages.getFirst().killedNs(), untilNs, findings);
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

    /// @param untilNs when the first of the members went
    private static void staysAsItIs(
            GroupHistory group, MemberLog member, long fromNs, long untilNs, Verdict.Collector findings) {
        for (MemberEvent event : member.events()) {
            boolean isChange = switch (event) {
                case MemberEvent.Assigned _, MemberEvent.Revoked _, MemberEvent.Lost _ -> true;
                case MemberEvent.Read _, MemberEvent.Committed _, MemberEvent.Closing _ -> false;
            };
            if (isChange && event.atNs() - fromNs > 0 && event.atNs() - untilNs < 0) {
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
