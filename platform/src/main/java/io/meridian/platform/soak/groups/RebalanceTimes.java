package io.meridian.platform.soak.groups;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// When a group was rebalancing and with whom, as its members' logs tell.
final class RebalanceTimes {
    private record Generation(long firstNs, long lastNs, Set<String> members) {}

    private final Map<Integer, Generation> generations = new TreeMap<>();
    private final List<Long> departures = new ArrayList<>();
    private final long leadNs;

    /// @param leadNs how long before the first member had its assignment a rebalance may have begun
    RebalanceTimes(GroupHistory group, long leadNs) {
        this.leadNs = leadNs;
        for (MemberLog member : group.members()) {
            departures.add(member.closingNs());
            for (MemberEvent.Assigned assigned : member.assignments()) {
                long atNs = assigned.atNs();
                generations.merge(
                        assigned.generation(), new Generation(atNs, atNs, Set.of(member.name())), RebalanceTimes::both);
            }
        }
    }

    private static Generation both(Generation a, Generation b) {
        Set<String> members = new HashSet<>(a.members);
        members.addAll(b.members);
        return new Generation(Math.min(a.firstNs, b.firstNs), Math.max(a.lastNs, b.lastNs), members);
    }

    /// Whether some of the time between these moments belongs to a rebalance.
    boolean meets(long fromNs, long untilNs) {
        return generations.values().stream()
                .anyMatch(generation -> generation.firstNs - leadNs <= untilNs && fromNs <= generation.lastNs);
    }

    /// Whether exactly the same members were in both generations.
    boolean sameMembers(int generation, int other) {
        Generation a = generations.get(generation);
        Generation b = generations.get(other);
        return a != null && b != null && a.members.equals(b.members);
    }

    /// Whether a member began to go between these moments.
    boolean someoneWent(long fromNs, long untilNs) {
        return departures.stream().anyMatch(atNs -> fromNs <= atNs && atNs <= untilNs);
    }
}
