package io.meridian.platform.soak.groups;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one life of one member has seen, in the order in which it happened.
///
/// Written by the member's thread alone. Other threads read the events when that thread has ended; only
/// [#ownership] may be read before.
final class MemberLog {
    /// What a member owns at this moment.
    ///
    /// @param generation 0 before the first
    /// @param partitionCount how many it owns
    /// @param sinceNs when this came about
    record Ownership(int generation, int partitionCount, long sinceNs) {}

    private final String name;
    private final @Nullable String instanceId;
    private final long bornNs;
    private final List<MemberEvent> events = new ArrayList<>();
    private volatile Ownership ownership;

    /// @param name no other life has it
    /// @param instanceId of a static member: its lives share it
    MemberLog(String name, @Nullable String instanceId, long bornNs) {
        this.name = name;
        this.instanceId = instanceId;
        this.bornNs = bornNs;
        this.ownership = new Ownership(0, 0, bornNs);
    }

    void add(MemberEvent event) {
        events.add(event);
        switch (event) {
            case MemberEvent.Assigned assigned ->
                ownership =
                        new Ownership(assigned.generation(), assigned.owned().size(), assigned.atNs());
            case MemberEvent.Revoked _, MemberEvent.Lost _, MemberEvent.Closing _ ->
                ownership = new Ownership(ownership.generation(), 0, event.atNs());
            case MemberEvent.Read _, MemberEvent.Committed _ -> {}
        }
    }

    String name() {
        return name;
    }

    /// Whom the group takes it for: the same for all lives of a static member.
    String identity() {
        return instanceId == null ? name : instanceId;
    }

    /// Before it asked to join.
    long bornNs() {
        return bornNs;
    }

    /// When its log ends.
    long lastNs() {
        return events.isEmpty() ? bornNs : events.getLast().atNs();
    }

    /// When it began to go, by its own will; the end of the log if it never did.
    long closingNs() {
        for (MemberEvent event : events) {
            if (event instanceof MemberEvent.Closing closing) {
                return closing.atNs();
            }
        }
        return lastNs();
    }

    List<MemberEvent> events() {
        return events;
    }

    Ownership ownership() {
        return ownership;
    }

    /// The ends of rebalances, in order.
    List<MemberEvent.Assigned> assignments() {
        List<MemberEvent.Assigned> assignments = new ArrayList<>();
        for (MemberEvent event : events) {
            if (event instanceof MemberEvent.Assigned assigned) {
                assignments.add(assigned);
            }
        }
        return assignments;
    }
}
