package io.meridian.engine.group;

import io.meridian.base.Deadlines;
import io.meridian.base.Now;
import java.util.function.Consumer;

/// The deadlines of a shard's groups.
final class GroupTimers {
    /// What is to be done when its moment comes.
    sealed interface Due {
        ClassicGroup group();

        /// A member has been silent for too long.
        record Session(ClassicGroup group, String memberId) implements Due {}

        /// Nobody came back with this member id.
        record PendingJoin(ClassicGroup group, String memberId) implements Due {}

        /// Members of a group that was empty have had time to gather.
        ///
        /// @param remainingMs how much longer they may be given
        record Gathering(ClassicGroup group, int remainingMs) implements Due {}

        /// The rebalance goes on without those who have not joined.
        record JoinPhase(ClassicGroup group) implements Due {}

        /// Those who have not asked for their assignment are left behind.
        record SyncPhase(ClassicGroup group) implements Due {}
    }

    private final Deadlines<Due> deadlines = new Deadlines<>();

    /// The member must be heard of within this time, in place of any earlier deadline.
    void watch(ClassicGroup group, ClassicMember member, long withinMs, Now now) {
        unwatch(member);
        member.setSession(deadlines.add(new Due.Session(group, member.memberId()), now.deadlineNs(withinMs)));
    }

    /// The member waits for us: silence means nothing.
    void unwatch(ClassicMember member) {
        Deadlines.Ticket session = member.session();
        if (session != null) {
            deadlines.cancel(session);
            member.setSession(null);
        }
    }

    void expectJoin(ClassicGroup group, String memberId, long withinMs, Now now) {
        Deadlines.Ticket before = group.pendingJoins()
                .put(memberId, deadlines.add(new Due.PendingJoin(group, memberId), now.deadlineNs(withinMs)));
        if (before != null) {
            deadlines.cancel(before);
        }
    }

    /// Forgets a member id that was given out; true when it was expected.
    boolean joined(ClassicGroup group, String memberId) {
        Deadlines.Ticket pending = group.pendingJoins().remove(memberId);
        if (pending != null) {
            deadlines.cancel(pending);
        }
        return pending != null;
    }

    /// The one deadline of the group's phase.
    void phase(ClassicGroup group, Due due, long withinMs, Now now) {
        endPhase(group);
        group.setPhase(deadlines.add(due, now.deadlineNs(withinMs)));
    }

    void endPhase(ClassicGroup group) {
        Deadlines.Ticket phase = group.phase();
        if (phase != null) {
            deadlines.cancel(phase);
            group.setPhase(null);
        }
    }

    /// Nothing of this group is due any more.
    void forget(ClassicGroup group) {
        endPhase(group);
        group.members().forEach(this::unwatch);
        group.pendingJoins().values().forEach(deadlines::cancel);
        group.pendingJoins().clear();
    }

    void expire(Now now, Consumer<Due> due) {
        deadlines.expire(now, due);
    }

    long nextDeadlineNs() {
        return deadlines.nextDeadlineNs();
    }
}
