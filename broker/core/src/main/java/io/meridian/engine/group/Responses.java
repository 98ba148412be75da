package io.meridian.engine.group;

import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import io.meridian.protocol.message.SyncGroupResponse;
import java.util.ArrayList;
import java.util.List;

/// What members are told of their group.
final class Responses {
    private Responses() {}

    /// A join that led to nothing.
    static JoinGroupResponse joinRefused(String memberId, ErrorCode error) {
        return JoinGroupResponse.DEFAULT.withErrorCode(error.code()).withMemberId(memberId);
    }

    /// The generation as it stands; its leader also hears who the members are and what they want.
    static JoinGroupResponse joined(ClassicGroup group, ClassicMember member) {
        return joined(group, member.memberId(), String.valueOf(group.leaderId()), false)
                .withMembers(group.isLeader(member.memberId()) ? membersForLeader(group) : List.of());
    }

    /// @param skipAssignment the leader must leave the assignment as it is
    static JoinGroupResponse joined(ClassicGroup group, String memberId, String leaderId, boolean skipAssignment) {
        return JoinGroupResponse.DEFAULT
                .withGenerationId(group.generation())
                .withProtocolType(group.protocolType())
                .withProtocolName(group.protocolName())
                .withLeader(leaderId)
                .withSkipAssignment(skipAssignment)
                .withMemberId(memberId);
    }

    static List<JoinGroupResponseMember> membersForLeader(ClassicGroup group) {
        List<JoinGroupResponseMember> members = new ArrayList<>(group.size());
        for (ClassicMember member : group.members()) {
            members.add(new JoinGroupResponseMember(
                    member.memberId(), member.instanceId(), member.metadata(group.protocolName())));
        }
        return members;
    }

    static SyncGroupResponse syncRefused(ErrorCode error) {
        return SyncGroupResponse.DEFAULT.withErrorCode(error.code());
    }

    static SyncGroupResponse synced(ClassicGroup group, ClassicMember member) {
        return SyncGroupResponse.DEFAULT
                .withProtocolType(group.protocolType())
                .withProtocolName(group.protocolName())
                .withAssignment(member.assignment());
    }
}
