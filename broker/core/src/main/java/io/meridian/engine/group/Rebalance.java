package io.meridian.engine.group;

import io.meridian.base.Now;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.Draft;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.GroupMetadataValue;
import io.meridian.protocol.message.GroupMetadataValue.MemberMetadata;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.WireReader;
import io.meridian.settings.GroupConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The phases of a rebalance: members gather or come back, the leader assigns.
///
/// A group that was empty waits a little for more members (`group.initial.rebalance.delay.ms`, again and again
/// while new ones come, at most the rebalance timeout). Any other rebalance waits until every member has asked to
/// join again, or the longest rebalance timeout has passed; dynamic members that stayed away are dropped then,
/// static ones keep their place until their session ends.
final class Rebalance {
    /// How long a new member may wait for its first generation before it is taken for gone.
    private static final long NEW_MEMBER_PATIENCE_MS = 300_000L;

    private final GroupTimers timers;
    private final GroupConfig config;
    private final GroupCounters counters;

    Rebalance(GroupTimers timers, GroupConfig config, GroupCounters counters) {
        this.timers = timers;
        this.config = config;
        this.counters = counters;
    }

    /// Somebody came or changed: begins a rebalance, or goes on with the one under way.
    void beginOrGoOn(ClassicGroup group, Draft draft, Now now) {
        if (group.is(GroupState.PREPARING_REBALANCE)) {
            goOn(group, draft, now);
        } else {
            begin(group, draft, now);
        }
    }

    void begin(ClassicGroup group, Draft draft, Now now) {
        if (group.is(GroupState.COMPLETING_REBALANCE)) {
            for (ClassicMember member : group.members()) {
                member.assign(WireReader.EMPTY_BYTES);
                answerSync(group, member, Responses.syncRefused(ErrorCode.REBALANCE_IN_PROGRESS), draft, now);
            }
        }
        timers.endPhase(group);
        boolean isFirst = group.is(GroupState.EMPTY);
        group.become(GroupState.PREPARING_REBALANCE, now.wallMs());
        counters.rebalanceBegun();
        if (isFirst) {
            int delayMs = config.initialRebalanceDelayMs();
            gather(group, delayMs, Math.max(group.rebalanceTimeoutMs() - delayMs, 0), draft, now);
        } else if (group.haveAllJoined()) {
            completeJoin(group, draft, now);
        } else {
            timers.phase(group, new GroupTimers.Due.JoinPhase(group), group.rebalanceTimeoutMs(), now);
        }
    }

    /// Ends the join phase when nobody is missing. Members that gather for the first time are given their time.
    void goOn(ClassicGroup group, Draft draft, Now now) {
        if (group.is(GroupState.PREPARING_REBALANCE) && !group.isGathering() && group.haveAllJoined()) {
            completeJoin(group, draft, now);
        }
    }

    private void gather(ClassicGroup group, int delayMs, int remainingMs, Draft draft, Now now) {
        if (delayMs <= 0) {
            completeJoin(group, draft, now);
        } else {
            timers.phase(group, new GroupTimers.Due.Gathering(group, remainingMs), delayMs, now);
        }
    }

    void onGathered(GroupTimers.Due.Gathering due, Draft draft, Now now) {
        ClassicGroup group = due.group();
        if (group.takeNewMemberAdded() && due.remainingMs() > 0) {
            int delayMs = Math.min(config.initialRebalanceDelayMs(), due.remainingMs());
            gather(group, delayMs, due.remainingMs() - delayMs, draft, now);
        } else {
            completeJoin(group, draft, now);
        }
    }

    /// Begins a generation with those who are there.
    void completeJoin(ClassicGroup group, Draft draft, Now now) {
        timers.endPhase(group);
        for (ClassicMember member : group.snapshotOfMembers()) {
            if (!member.isStatic() && !member.isAwaitingJoin()) {
                timers.unwatch(member);
                group.remove(member);
            }
        }
        if (!group.isEmpty() && !group.electJoinedLeader()) {
            timers.phase(group, new GroupTimers.Due.JoinPhase(group), group.rebalanceTimeoutMs(), now);
            return;
        }
        group.beginGeneration(now.wallMs());
        if (group.is(GroupState.EMPTY)) {
            draft.store(GroupRecords.group(group.groupId(), stored(group)));
            return;
        }
        for (ClassicMember member : group.members()) {
            answerJoin(group, member, Responses.joined(group, member), draft, now);
            group.pendingSyncs().add(member.memberId());
        }
        timers.phase(group, new GroupTimers.Due.SyncPhase(group), group.rebalanceTimeoutMs(), now);
    }

    /// Those who have a generation and never asked what they got are dropped.
    void onSyncPhaseOver(ClassicGroup group, Draft draft, Now now) {
        if (group.pendingSyncs().isEmpty()) {
            return;
        }
        for (String memberId : List.copyOf(group.pendingSyncs())) {
            release(group, group.present(memberId), draft, now);
        }
        begin(group, draft, now);
    }

    /// The leader has assigned: the members can work.
    void complete(ClassicGroup group, Now now) {
        group.become(GroupState.STABLE, now.wallMs());
        counters.rebalanceCompleted();
    }

    /// The member asked for its assignment; the phase ends with the last one.
    void synced(ClassicGroup group, ClassicMember member) {
        group.pendingSyncs().remove(member.memberId());
        if (group.pendingSyncs().isEmpty()) {
            timers.endPhase(group);
        }
    }

    /// The member is gone: the others share what it had.
    void drop(ClassicGroup group, ClassicMember member, Draft draft, Now now) {
        release(group, member, draft, now);
        switch (group.state()) {
            case STABLE, COMPLETING_REBALANCE -> begin(group, draft, now);
            case PREPARING_REBALANCE -> goOn(group, draft, now);
            case EMPTY -> {}
        }
    }

    /// Whoever speaks for the member is told that it is none any more.
    private void release(ClassicGroup group, ClassicMember member, Draft draft, Now now) {
        answerJoin(group, member, Responses.joinRefused("", ErrorCode.UNKNOWN_MEMBER_ID), draft, now);
        answerSync(group, member, Responses.syncRefused(ErrorCode.UNKNOWN_MEMBER_ID), draft, now);
        timers.unwatch(member);
        group.remove(member);
    }

    /// Lets a join wait for the next generation. An earlier one of the same member is told to try again: its client
    /// has given it up.
    void awaitJoin(ClassicGroup group, ClassicMember member, Asker asker, Draft draft, Now now) {
        Asker earlier = member.awaitingJoin();
        if (earlier != null) {
            draft.answer(earlier, Responses.joinRefused(member.memberId(), ErrorCode.REBALANCE_IN_PROGRESS));
        }
        member.awaitJoin(asker);
        if (member.isNew()) {
            timers.watch(group, member, NEW_MEMBER_PATIENCE_MS, now);
        } else {
            timers.unwatch(member);
        }
    }

    /// Lets a sync wait for the leader's; an earlier one of the same member is told to try again.
    void awaitSync(ClassicMember member, Asker asker, Draft draft) {
        Asker earlier = member.awaitingSync();
        if (earlier != null) {
            draft.answer(earlier, Responses.syncRefused(ErrorCode.REBALANCE_IN_PROGRESS));
        }
        member.awaitSync(asker);
        timers.unwatch(member);
    }

    /// Answers a waiting join, if there is one; from here on the member's session counts.
    void answerJoin(ClassicGroup group, ClassicMember member, Message response, Draft draft, Now now) {
        Asker asker = member.awaitingJoin();
        if (asker != null) {
            answer(group, member, asker, response, draft, now);
            member.awaitJoin(null);
            member.setNew(false);
        }
    }

    /// Answers a waiting sync, if there is one; from here on the member's session counts.
    void answerSync(ClassicGroup group, ClassicMember member, Message response, Draft draft, Now now) {
        Asker asker = member.awaitingSync();
        if (asker != null) {
            answer(group, member, asker, response, draft, now);
            member.awaitSync(null);
        }
    }

    private void answer(ClassicGroup group, ClassicMember member, Asker asker, Message response, Draft draft, Now now) {
        draft.answer(asker, response);
        timers.watch(group, member, member.sessionTimeoutMs(), now);
    }

    /// The group as it is stored.
    static GroupMetadataValue stored(ClassicGroup group) {
        @Nullable String protocol = group.protocolName();
        List<MemberMetadata> members = new ArrayList<>(group.size());
        for (ClassicMember member : group.members()) {
            members.add(new MemberMetadata(
                    member.memberId(),
                    member.instanceId(),
                    member.clientId(),
                    member.clientHost(),
                    member.rebalanceTimeoutMs(),
                    member.sessionTimeoutMs(),
                    member.metadata(protocol),
                    member.assignment()));
        }
        String protocolType = group.protocolType();
        return new GroupMetadataValue(
                protocolType == null ? "" : protocolType,
                group.generation(),
                protocol,
                group.leaderId(),
                group.stateSinceMs(),
                members);
    }
}
