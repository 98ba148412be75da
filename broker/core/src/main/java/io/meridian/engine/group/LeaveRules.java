package io.meridian.engine.group;

import io.meridian.base.Now;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.Draft;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.meridian.protocol.message.LeaveGroupResponse;
import io.meridian.protocol.message.LeaveGroupResponse.MemberResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// LeaveGroup, and members that fall silent.
final class LeaveRules {
    private final GroupTimers timers;
    private final Rebalance rebalance;

    LeaveRules(GroupTimers timers, Rebalance rebalance) {
        this.timers = timers;
        this.rebalance = rebalance;
    }

    /// Each member on its own. An administrator names a static member by its instance alone.
    void leave(@Nullable ClassicGroup group, List<MemberIdentity> members, Asker asker, Draft draft, Now now) {
        List<MemberResponse> results = new ArrayList<>(members.size());
        for (MemberIdentity member : members) {
            ErrorCode error = group == null ? ErrorCode.UNKNOWN_MEMBER_ID : leave(group, member, draft, now);
            results.add(new MemberResponse(member.memberId(), member.groupInstanceId(), error.code()));
        }
        draft.answer(asker, LeaveGroupResponse.DEFAULT.withMembers(results));
    }

    private ErrorCode leave(ClassicGroup group, MemberIdentity identity, Draft draft, Now now) {
        String instanceId = identity.groupInstanceId();
        String memberId = identity.memberId();
        if (memberId.isEmpty() && instanceId != null) {
            String known = group.staticMemberId(instanceId);
            memberId = known == null ? "" : known;
        }
        if (instanceId == null && timers.joined(group, memberId)) {
            rebalance.goOn(group, draft, now);
            return ErrorCode.NONE;
        }
        ErrorCode error = MemberCheck.check(group, memberId, instanceId);
        if (error == ErrorCode.NONE) {
            rebalance.drop(group, group.present(memberId), draft, now);
        }
        return error;
    }

    void onSilent(GroupTimers.Due.Session due, Draft draft, Now now) {
        ClassicMember member = due.group().member(due.memberId());
        if (member != null) {
            member.setSession(null);
            rebalance.drop(due.group(), member, draft, now);
        }
    }

    void onNeverJoined(GroupTimers.Due.PendingJoin due, Draft draft, Now now) {
        due.group().pendingJoins().remove(due.memberId());
        rebalance.goOn(due.group(), draft, now);
    }
}
