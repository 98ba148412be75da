package io.meridian.engine.group;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.Draft;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.settings.GroupConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// JoinGroup: who may join, and what joining sets in motion.
///
/// Checks, in order: the protocols, room in the group, the member id (none: a new member, or a static one that came
/// back; one given out before; one of a member).
final class JoinRules {
    private final GroupTimers timers;
    private final Rebalance rebalance;
    private final GroupConfig config;
    private final SeededRandom random;

    JoinRules(GroupTimers timers, Rebalance rebalance, GroupConfig config, SeededRandom random) {
        this.timers = timers;
        this.rebalance = rebalance;
        this.config = config;
        this.random = random;
    }

    void join(ClassicGroup group, GroupQuestion.Join question, Asker asker, Draft draft, Now now) {
        JoinGroupRequest request = question.request();
        List<MemberProtocol> protocols = protocols(request);
        if (!hasRoom(group, request.memberId())) {
            timers.joined(group, request.memberId());
            draft.answer(asker, Responses.joinRefused("", ErrorCode.GROUP_MAX_SIZE_REACHED));
        } else if (!group.supports(request.protocolType(), protocols)) {
            draft.answer(asker, Responses.joinRefused(request.memberId(), ErrorCode.INCONSISTENT_GROUP_PROTOCOL));
        } else if (request.memberId().isEmpty()) {
            joinWithoutId(group, question, protocols, asker, draft, now);
        } else {
            joinWithId(group, question, protocols, asker, draft, now);
        }
    }

    /// The list keeps only the first of protocols that are named twice.
    private static List<MemberProtocol> protocols(JoinGroupRequest request) {
        List<MemberProtocol> protocols = new ArrayList<>(request.protocols().size());
        for (JoinGroupRequest.JoinGroupRequestProtocol protocol : request.protocols()) {
            if (protocols.stream().noneMatch(known -> known.name().equals(protocol.name()))) {
                protocols.add(new MemberProtocol(protocol.name(), copyOf(protocol.metadata())));
            }
        }
        return protocols;
    }

    /// What a group keeps must not hold on to the memory of a request.
    static ByteBuffer copyOf(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining())
                .put(bytes.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    private boolean hasRoom(ClassicGroup group, String memberId) {
        ClassicMember member = group.member(memberId);
        return switch (group.state()) {
            case EMPTY -> true;
            case PREPARING_REBALANCE ->
                (member != null && member.isAwaitingJoin()) || group.awaitingJoinCount() < config.maxSize();
            case COMPLETING_REBALANCE, STABLE -> member != null || group.size() < config.maxSize();
        };
    }

    private void joinWithoutId(
            ClassicGroup group,
            GroupQuestion.Join question,
            List<MemberProtocol> protocols,
            Asker asker,
            Draft draft,
            Now now) {
        JoinGroupRequest request = question.request();
        String instanceId = request.groupInstanceId();
        String newMemberId = (instanceId == null ? question.clientId() : instanceId) + "-" + random.nextUuid();
        String knownMemberId = instanceId == null ? null : group.staticMemberId(instanceId);
        if (knownMemberId != null) {
            rejoinStatic(group, group.present(knownMemberId), newMemberId, question, protocols, asker, draft, now);
        } else if (instanceId == null && question.requiresKnownMember()) {
            if (group.pendingJoins().size() >= config.pendingMembersMax()) {
                draft.answer(asker, Responses.joinRefused("", ErrorCode.GROUP_MAX_SIZE_REACHED));
                return;
            }
            timers.expectJoin(group, newMemberId, request.sessionTimeoutMs(), now);
            draft.answer(asker, Responses.joinRefused(newMemberId, ErrorCode.MEMBER_ID_REQUIRED));
        } else {
            addMember(group, newMemberId, question, protocols, asker, draft, now);
        }
    }

    private void joinWithId(
            ClassicGroup group,
            GroupQuestion.Join question,
            List<MemberProtocol> protocols,
            Asker asker,
            Draft draft,
            Now now) {
        JoinGroupRequest request = question.request();
        String memberId = request.memberId();
        if (request.groupInstanceId() == null && timers.joined(group, memberId)) {
            addMember(group, memberId, question, protocols, asker, draft, now);
            return;
        }
        ErrorCode error = MemberCheck.check(group, memberId, request.groupInstanceId());
        if (error != ErrorCode.NONE || group.is(GroupState.EMPTY)) {
            ErrorCode refused = error == ErrorCode.NONE ? ErrorCode.UNKNOWN_MEMBER_ID : error;
            draft.answer(asker, Responses.joinRefused(memberId, refused));
            return;
        }
        ClassicMember member = group.present(memberId);
        boolean isUnchanged = switch (group.state()) {
            case PREPARING_REBALANCE, EMPTY -> false;
            // The answer of this generation was lost on its way.
            case COMPLETING_REBALANCE -> member.offers(protocols);
            // A leader that joins again has a reason: topics have changed.
            case STABLE -> member.offers(protocols) && !group.isLeader(memberId);
        };
        if (isUnchanged) {
            draft.answer(asker, Responses.joined(group, member));
            return;
        }
        member.update(protocols, request.rebalanceTimeoutMs(), request.sessionTimeoutMs());
        rebalance.awaitJoin(group, member, asker, draft, now);
        rebalance.beginOrGoOn(group, draft, now);
    }

    private void addMember(
            ClassicGroup group,
            String memberId,
            GroupQuestion.Join question,
            List<MemberProtocol> protocols,
            Asker asker,
            Draft draft,
            Now now) {
        JoinGroupRequest request = question.request();
        ClassicMember member = new ClassicMember(
                memberId,
                request.groupInstanceId(),
                question.clientId(),
                question.clientHost(),
                request.rebalanceTimeoutMs(),
                request.sessionTimeoutMs(),
                protocols);
        member.setNew(true);
        rebalance.awaitJoin(group, member, asker, draft, now);
        group.add(member, request.protocolType());
        rebalance.beginOrGoOn(group, draft, now);
    }

    /// A static member came back, with nothing but its name. Its old self is fenced. While the group is stable and
    /// would elect the same protocol, the member gets its assignment back and nobody else is disturbed.
    private void rejoinStatic(
            ClassicGroup group,
            ClassicMember old,
            String newMemberId,
            GroupQuestion.Join question,
            List<MemberProtocol> protocols,
            Asker asker,
            Draft draft,
            Now now) {
        JoinGroupRequest request = question.request();
        String leaderBefore = String.valueOf(group.leaderId());
        rebalance.answerJoin(
                group, old, Responses.joinRefused(old.memberId(), ErrorCode.FENCED_INSTANCE_ID), draft, now);
        rebalance.answerSync(group, old, Responses.syncRefused(ErrorCode.FENCED_INSTANCE_ID), draft, now);
        timers.unwatch(old);
        ClassicMember member = old.renamed(newMemberId, question.clientId(), question.clientHost());
        group.replace(old, member);
        member.update(protocols, request.rebalanceTimeoutMs(), request.sessionTimeoutMs());
        boolean keepsGeneration = group.is(GroupState.STABLE) && group.elected().equals(group.protocolName());
        if (!keepsGeneration) {
            rebalance.awaitJoin(group, member, asker, draft, now);
            rebalance.beginOrGoOn(group, draft, now);
            return;
        }
        timers.watch(group, member, member.sessionTimeoutMs(), now);
        draft.store(GroupRecords.group(group.groupId(), Rebalance.stored(group)));
        draft.answer(asker, rejoined(group, newMemberId, leaderBefore, question.skipsAssignment()));
    }

    /// A leader that does not know how to leave the assignment alone is told that its former self still leads.
    private static JoinGroupResponse rejoined(
            ClassicGroup group, String memberId, String leaderBefore, boolean skipsAssignment) {
        boolean leads = group.isLeader(memberId);
        if (!leads) {
            return Responses.joined(group, memberId, String.valueOf(group.leaderId()), false);
        }
        return skipsAssignment
                ? Responses.joined(group, memberId, memberId, true).withMembers(Responses.membersForLeader(group))
                : Responses.joined(group, memberId, leaderBefore, false);
    }
}
