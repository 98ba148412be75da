package io.meridian.platform.soak.groups;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// For comparison: how long rebalances of eager groups take everything from their members.
final class EagerStops {
    private EagerStops() {}

    /// The times from giving up to having again, of members that have something before and after, except around kills.
    static Waits of(List<GroupHistory> groups, Circumstances circumstances) {
        Waits stops = new Waits();
        for (GroupHistory group : groups) {
            if (!group.kind().isCooperative()) {
                group.members().forEach(member -> add(member, circumstances, stops));
            }
        }
        return stops;
    }

    private static void add(MemberLog member, Circumstances circumstances, Waits stops) {
        long revokedNs = 0;
        boolean isStopped = false;
        for (MemberEvent event : member.events()) {
            switch (event) {
                case MemberEvent.Revoked revoked -> {
                    isStopped = !revoked.partitions().isEmpty();
                    revokedNs = revoked.atNs();
                }
                case MemberEvent.Assigned assigned -> {
                    if (isStopped
                            && !assigned.owned().isEmpty()
                            && !circumstances.isDisturbed(revokedNs, assigned.atNs())) {
                        stops.add(assigned.atNs() - revokedNs);
                    }
                    isStopped = false;
                }
                case MemberEvent.Closing _ -> {
                    return;
                }
                case MemberEvent.Lost _, MemberEvent.Read _, MemberEvent.Committed _ -> {}
            }
        }
    }

    /// How many generations of all these groups some member has seen.
    static long generations(List<GroupHistory> groups) {
        long sum = 0;
        for (GroupHistory group : groups) {
            Set<Integer> generations = new HashSet<>();
            group.members()
                    .forEach(
                            member -> member.assignments().forEach(assigned -> generations.add(assigned.generation())));
            sum += generations.size();
        }
        return sum;
    }
}
