package io.meridian.engine.group;

import io.meridian.protocol.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Whether whoever speaks for a member may do so.
final class MemberCheck {
    private MemberCheck() {}

    /// NONE, FENCED_INSTANCE_ID when another process has taken over the static member, or UNKNOWN_MEMBER_ID.
    ///
    /// @param instanceId null for a dynamic member
    static ErrorCode check(ClassicGroup group, String memberId, @Nullable String instanceId) {
        if (instanceId == null) {
            return group.member(memberId) == null ? ErrorCode.UNKNOWN_MEMBER_ID : ErrorCode.NONE;
        }
        String current = group.staticMemberId(instanceId);
        if (current == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return current.equals(memberId) ? ErrorCode.NONE : ErrorCode.FENCED_INSTANCE_ID;
    }

    /// As above, and ILLEGAL_GENERATION when the member is there and speaks of another generation.
    static ErrorCode check(ClassicGroup group, String memberId, @Nullable String instanceId, int generation) {
        ErrorCode error = check(group, memberId, instanceId);
        if (error != ErrorCode.NONE) {
            return error;
        }
        return generation == group.generation() ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
    }
}
