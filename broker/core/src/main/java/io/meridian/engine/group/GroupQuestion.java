package io.meridian.engine.group;

import io.meridian.base.Uuid;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.meridian.protocol.message.SyncGroupRequest;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// What a shard of groups is asked. Whoever asks has been authorised; members name no empty group.
public sealed interface GroupQuestion {
    /// Answered by a JoinGroupResponse, when the generation begins.
    ///
    /// @param clientHost where the client connected from, as tools print it
    /// @param requiresKnownMember a dynamic member without an id is first given one and must come back with it
    /// @param skipsAssignment a static leader that comes back can be told to leave the assignment as it is
    record Join(
            JoinGroupRequest request,
            String clientId,
            String clientHost,
            boolean requiresKnownMember,
            boolean skipsAssignment)
            implements GroupQuestion {}

    /// Answered by a SyncGroupResponse, when the leader has assigned.
    record Sync(SyncGroupRequest request) implements GroupQuestion {}

    /// Answered by a HeartbeatResponse.
    record Beat(HeartbeatRequest request) implements GroupQuestion {}

    /// Answered by a LeaveGroupResponse with one result for each member.
    record Leave(String groupId, List<MemberIdentity> members) implements GroupQuestion {}

    /// Answered by an OffsetCommitResponse with one nameless topic, whose partitions are the offsets in their order.
    ///
    /// @param generation -1 for a commit that no member makes
    /// @param retentionTimeMs -1 for the broker's rule
    record CommitOffsets(
            String groupId,
            String memberId,
            @Nullable String instanceId,
            int generation,
            long retentionTimeMs,
            List<NewOffset> offsets)
            implements GroupQuestion {}

    /// @param leaderEpoch -1 when the client does not know it
    record NewOffset(
            String topic,
            Uuid topicId,
            int partition,
            long offset,
            int leaderEpoch,
            @Nullable String metadata) {}

    /// Answered by an OffsetFetchResponseGroup.
    ///
    /// @param topics null for all
    record FetchOffsets(String groupId, @Nullable List<OffsetFetchRequestTopics> topics) implements GroupQuestion {}

    /// Answered by an OffsetDeleteResponse.
    record DeleteOffsets(String groupId, List<OffsetDeleteRequestTopic> topics) implements GroupQuestion {}

    /// Answered by a [DescribeGroupsResponse.DescribedGroup].
    record Describe(String groupId) implements GroupQuestion {}

    /// Answered by a [ListGroupsResponse] with every group of the shard.
    record ListAll() implements GroupQuestion {}

    /// Answered by a [DeleteGroupsResponse.DeletableGroupResult].
    record Delete(String groupId) implements GroupQuestion {}

    /// What was committed for topics that are not there any more means nothing, also not for a later topic of the
    /// same name. Has no answer.
    ///
    /// @param isKnown asked with the name of a topic and the id it had at the commit, zero when that is unknown
    record ForgetUnknownTopics(BiPredicate<String, Uuid> isKnown) implements GroupQuestion {}
}
