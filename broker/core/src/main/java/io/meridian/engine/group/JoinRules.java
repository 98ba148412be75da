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

    /// A join in work.
    private record Joining(
            ClassicGroup group,
            GroupQuestion.Join question,
            List<MemberProtocol> protocols,
            Asker asker,
            Draft draft,
            Now now) {
        JoinGroupRequest request() {
            return question.request();
        }

        void refuse(String memberId, ErrorCode error) {
            draft.answer(asker, Responses.joinRefused(memberId, error));
        }
    }

    void join(ClassicGroup group, GroupQuestion.Join question, Asker asker, Draft draft, Now now) {
        JoinGroupRequest request = question.request();
        Joining join = new Joining(group, question, protocols(request), asker, draft, now);
        if (!hasRoom(group, request.memberId())) {
            timers.joined(group, request.memberId());
            join.refuse("", ErrorCode.GROUP_MAX_SIZE_REACHED);
        } else if (isStranger(group, request)) {
            join.refuse(request.memberId(), ErrorCode.UNKNOWN_MEMBER_ID);
        } else if (!group.supports(request.protocolType(), join.protocols())) {
            join.refuse(request.memberId(), ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        } else if (request.memberId().isEmpty()) {
            joinWithoutId(join);
        } else {
            joinWithId(join);
        }
    }

    /// A member id that nobody gave out, in a group that never had members.
    private static boolean isStranger(ClassicGroup group, JoinGroupRequest request) {
        return group.protocolType() == null
                && !request.memberId().isEmpty()
                && !group.pendingJoins().containsKey(request.memberId());
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

    private void joinWithoutId(Joining join) {
        ClassicGroup group = join.group();
        String instanceId = join.request().groupInstanceId();
        String newMemberId = (instanceId == null ? join.question().clientId() : instanceId) + "-" + random.nextUuid();
        String knownMemberId = instanceId == null ? null : group.staticMemberId(instanceId);
        if (knownMemberId != null) {
            rejoinStatic(join, group.present(knownMemberId), newMemberId);
        } else if (instanceId != null || !join.question().requiresKnownMember()) {
            addMember(join, newMemberId);
        } else if (group.pendingJoins().size() >= config.pendingMembersMax()) {
            join.refuse("", ErrorCode.GROUP_MAX_SIZE_REACHED);
        } else {
            timers.expectJoin(group, newMemberId, join.request().sessionTimeoutMs(), join.now());
            join.refuse(newMemberId, ErrorCode.MEMBER_ID_REQUIRED);
        }
    }

    private void joinWithId(Joining join) {
        ClassicGroup group = join.group();
        JoinGroupRequest request = join.request();
        String memberId = request.memberId();
        if (request.groupInstanceId() == null && timers.joined(group, memberId)) {
            addMember(join, memberId);
            return;
        }
        ErrorCode error = MemberCheck.check(group, memberId, request.groupInstanceId());
        if (error != ErrorCode.NONE || group.is(GroupState.EMPTY)) {
            join.refuse(memberId, error == ErrorCode.NONE ? ErrorCode.UNKNOWN_MEMBER_ID : error);
            return;
        }
        ClassicMember member = group.present(memberId);
        boolean isUnchanged = switch (group.state()) {
            case PREPARING_REBALANCE, EMPTY -> false;
            // The answer of this generation was lost on its way.
            case COMPLETING_REBALANCE -> member.offers(join.protocols());
            // A leader that joins again has a reason: topics have changed.
            case STABLE -> member.offers(join.protocols()) && !group.isLeader(memberId);
        };
        if (isUnchanged) {
            join.draft().answer(join.asker(), Responses.joined(group, member));
        } else {
            member.update(join.protocols(), request.rebalanceTimeoutMs(), request.sessionTimeoutMs());
            rebalance.awaitJoin(group, member, join.asker(), join.draft(), join.now());
            rebalance.beginOrGoOn(group, join.draft(), join.now());
        }
    }

    private void addMember(Joining join, String memberId) {
        JoinGroupRequest request = join.request();
        ClassicMember member = new ClassicMember(
                memberId,
                request.groupInstanceId(),
                join.question().clientId(),
                join.question().clientHost(),
                request.rebalanceTimeoutMs(),
                request.sessionTimeoutMs(),
                join.protocols());
        member.setNew(true);
        rebalance.awaitJoin(join.group(), member, join.asker(), join.draft(), join.now());
        join.group().add(member, request.protocolType());
        rebalance.beginOrGoOn(join.group(), join.draft(), join.now());
    }

    /// A static member came back, with nothing but its name. Its old self is fenced. While the group is stable and
    /// would elect the same protocol, the member gets its assignment back and nobody else is disturbed.
    private void rejoinStatic(Joining join, ClassicMember old, String newMemberId) {
        ClassicGroup group = join.group();
        Draft draft = join.draft();
        Now now = join.now();
        String leaderBefore = String.valueOf(group.leaderId());
        rebalance.answerJoin(
                group, old, Responses.joinRefused(old.memberId(), ErrorCode.FENCED_INSTANCE_ID), draft, now);
        rebalance.answerSync(group, old, Responses.syncRefused(ErrorCode.FENCED_INSTANCE_ID), draft, now);
        timers.unwatch(old);
        ClassicMember member = old.renamed(
                newMemberId, join.question().clientId(), join.question().clientHost());
        group.replace(old, member);
        member.update(
                join.protocols(),
                join.request().rebalanceTimeoutMs(),
                join.request().sessionTimeoutMs());
        boolean keepsGeneration = group.is(GroupState.STABLE) && group.elected().equals(group.protocolName());
        if (!keepsGeneration) {
            rebalance.awaitJoin(group, member, join.asker(), draft, now);
            rebalance.beginOrGoOn(group, draft, now);
            return;
        }
        timers.watch(group, member, member.sessionTimeoutMs(), now);
        draft.store(GroupRecords.group(group.groupId(), Rebalance.stored(group)));
        draft.answer(
                join.asker(),
                rejoined(group, newMemberId, leaderBefore, join.question().skipsAssignment()));
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
