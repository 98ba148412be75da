package io.meridian.engine.group;

import io.meridian.base.Now;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.Draft;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.HeartbeatResponse;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.meridian.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SyncGroup and Heartbeat: members fetch their assignment and say that they are alive.
final class SyncRules {
    private final GroupTimers timers;
    private final Rebalance rebalance;

    SyncRules(GroupTimers timers, Rebalance rebalance) {
        this.timers = timers;
        this.rebalance = rebalance;
    }

    /// The leader's assignment is stored and makes the group stable; the others wait for it.
    void sync(@Nullable ClassicGroup group, SyncGroupRequest request, Asker asker, Draft draft, Now now) {
        ErrorCode error = check(group, request);
        if (error != ErrorCode.NONE || group == null) {
            draft.answer(asker, Responses.syncRefused(error));
            return;
        }
        ClassicMember member = group.present(request.memberId());
        switch (group.state()) {
            case EMPTY -> draft.answer(asker, Responses.syncRefused(ErrorCode.UNKNOWN_MEMBER_ID));
            case PREPARING_REBALANCE -> draft.answer(asker, Responses.syncRefused(ErrorCode.REBALANCE_IN_PROGRESS));
            case STABLE -> {
                rebalance.synced(group, member);
                draft.answer(asker, Responses.synced(group, member));
                timers.watch(group, member, member.sessionTimeoutMs(), now);
            }
            case COMPLETING_REBALANCE -> {
                rebalance.awaitSync(member, asker, draft);
                rebalance.synced(group, member);
                if (group.isLeader(member.memberId())) {
                    assign(group, request, draft, now);
                }
            }
        }
    }

    private static ErrorCode check(@Nullable ClassicGroup group, SyncGroupRequest request) {
        if (group == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        ErrorCode error =
                MemberCheck.check(group, request.memberId(), request.groupInstanceId(), request.generationId());
        if (error != ErrorCode.NONE) {
            return error;
        }
        boolean agrees = agrees(request.protocolType(), group.protocolType())
                && agrees(request.protocolName(), group.protocolName());
        return agrees ? ErrorCode.NONE : ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    }

    private static boolean agrees(@Nullable String said, @Nullable String known) {
        return said == null || known == null || said.equals(known);
    }

    /// Members that the leader left out get nothing to do.
    private void assign(ClassicGroup group, SyncGroupRequest request, Draft draft, Now now) {
        Map<String, ByteBuffer> assignments = new HashMap<>();
        for (SyncGroupRequestAssignment assignment : request.assignments()) {
            assignments.put(assignment.memberId(), assignment.assignment());
        }
        for (ClassicMember member : group.members()) {
            ByteBuffer assignment = assignments.get(member.memberId());
            member.assign(assignment == null ? WireReader.EMPTY_BYTES : JoinRules.copyOf(assignment));
        }
        rebalance.complete(group, now);
        draft.store(GroupRecords.group(group.groupId(), Rebalance.stored(group)));
        for (ClassicMember member : group.members()) {
            rebalance.answerSync(group, member, Responses.synced(group, member), draft, now);
        }
    }

    /// A member that beats while the others come back is told to join them.
    void beat(@Nullable ClassicGroup group, HeartbeatRequest request, Asker asker, Draft draft, Now now) {
        ErrorCode error = group == null
                ? ErrorCode.UNKNOWN_MEMBER_ID
                : MemberCheck.check(group, request.memberId(), request.groupInstanceId(), request.generationId());
        if (error == ErrorCode.NONE && group != null) {
            ClassicMember member = group.present(request.memberId());
            if (!member.isAwaitingJoin() && !member.isAwaitingSync()) {
                timers.watch(group, member, member.sessionTimeoutMs(), now);
            }
            error = switch (group.state()) {
                case EMPTY -> ErrorCode.UNKNOWN_MEMBER_ID;
                case PREPARING_REBALANCE -> ErrorCode.REBALANCE_IN_PROGRESS;
                case COMPLETING_REBALANCE, STABLE -> ErrorCode.NONE;
            };
        }
        draft.answer(asker, HeartbeatResponse.DEFAULT.withErrorCode(error.code()));
    }
}
