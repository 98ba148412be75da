package io.meridian.engine.group;

import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.meridian.protocol.message.DescribeGroupsResponse.DescribedGroupMember;
import io.meridian.protocol.message.ListGroupsResponse.ListedGroup;
import io.meridian.protocol.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tools are shown of groups.
final class GroupViews {
    private static final String TYPE = "classic";

    private GroupViews() {}

    /// A group that does not exist is Dead. What members say is shown only when they agree, what they were given last
    /// also while they do not.
    static DescribedGroup described(String groupId, @Nullable ClassicGroup group) {
        if (group == null) {
            return DescribedGroup.DEFAULT
                    .withErrorCode(ErrorCode.GROUP_ID_NOT_FOUND.code())
                    .withErrorMessage("group " + groupId + " not found")
                    .withGroupId(groupId)
                    .withGroupState(GroupState.DEAD);
        }
        boolean isStable = group.is(GroupState.STABLE);
        List<DescribedGroupMember> members = new ArrayList<>(group.size());
        for (ClassicMember member : group.members()) {
            members.add(new DescribedGroupMember(
                    member.memberId(),
                    member.instanceId(),
                    member.clientId(),
                    member.clientHost(),
                    isStable ? member.metadata(group.protocolName()) : WireReader.EMPTY_BYTES,
                    member.assignment()));
        }
        String protocolName = group.protocolName();
        return DescribedGroup.DEFAULT
                .withGroupId(groupId)
                .withGroupState(group.state().protocolName())
                .withProtocolType(orEmpty(group.protocolType()))
                .withProtocolData(isStable ? orEmpty(protocolName) : "")
                .withMembers(members);
    }

    static ListedGroup listed(ClassicGroup group) {
        return new ListedGroup(
                group.groupId(), orEmpty(group.protocolType()), group.state().protocolName(), TYPE);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
