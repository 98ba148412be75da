package io.meridian.platform.differential;

import io.meridian.base.Uuid;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.message.ConsumerGroupDescribeRequest;
import io.meridian.protocol.message.DeleteGroupsRequest;
import io.meridian.protocol.message.DescribeGroupsRequest;
import io.meridian.protocol.message.FindCoordinatorRequest;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.LeaveGroupRequest;
import io.meridian.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.meridian.protocol.message.LeaveGroupResponse;
import io.meridian.protocol.message.ListGroupsRequest;
import io.meridian.protocol.message.OffsetCommitRequest;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.meridian.protocol.message.OffsetDeleteRequest;
import io.meridian.protocol.message.OffsetFetchRequest;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.meridian.protocol.wire.RequestMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Groups of the classic protocol: members that join, sync, beat, commit and leave, rightly and wrongly.
///
/// A group has at most one member, so that no answer waits for somebody else. Member ids differ between the brokers:
/// requests name members by words that [Side] translates.
final class GroupRequests {
    private static final int SESSION_MS = 300_000;
    private static final int REBALANCE_MS = 2_000;

    private final Draw draw;
    private final Versions versions;
    private final Comparison comparison;
    private final Map<String, Member> members = new HashMap<>();
    private int named;

    /// Who is in a group as far as both brokers have said.
    private record Member(
            String name, int generation, @Nullable String instance) {}

    GroupRequests(Draw draw, Versions versions, Comparison comparison) {
        this.draw = draw;
        this.versions = versions;
        this.comparison = comparison;
    }

    /// Asks both until their coordinators have loaded what they keep groups in.
    void warmUp() {
        for (int i = 0; i < 6; i++) {
            String group = "g" + i;
            askIn(3, true, _ -> FindCoordinatorRequest.DEFAULT.withKey(group));
            askIn(0, true, _ -> HeartbeatRequest.DEFAULT.withGroupId(group).withMemberId("nobody"));
        }
    }

    void next() {
        switch (draw.below(16)) {
            case 0, 1 -> join();
            case 2 -> badJoin();
            case 3 -> sync();
            case 4, 5 -> heartbeat();
            case 6, 7, 8 -> commit();
            case 9, 10 -> fetchOffsets();
            case 11 -> deleteOffsets();
            case 12 -> describe();
            case 13 -> list();
            case 14 -> leave();
            default -> deleteOrFind();
        }
    }

    private Comparison.Answers askIn(int version, boolean reads, Function<Side, RequestMessage> request) {
        return comparison.ask("groups", (short) version, reads, request);
    }

    private Comparison.Answers ask(ApiKey key, boolean reads, Function<Side, RequestMessage> request) {
        return askIn(draw.version(versions, key), reads, request);
    }

    private JoinGroupRequest joining(String group, String memberId, @Nullable String instance) {
        return JoinGroupRequest.DEFAULT
                .withGroupId(group)
                .withSessionTimeoutMs(SESSION_MS)
                .withRebalanceTimeoutMs(REBALANCE_MS)
                .withMemberId(memberId)
                .withGroupInstanceId(instance)
                .withProtocolType("consumer")
                .withProtocols(List.of(
                        new JoinGroupRequestProtocol("range", subscription("t0")),
                        new JoinGroupRequestProtocol("roundrobin", subscription("t1"))));
    }

    /// What Java consumers say that they want, in its first version. Kafka's coordinator reads it, and gives no answer
    /// at all to a member whose bytes are something else.
    private static ByteBuffer subscription(String topic) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(12 + name.length)
                .putShort((short) 0)
                .putInt(1)
                .putShort((short) name.length)
                .put(name)
                .putInt(-1)
                .flip()
                .asReadOnlyBuffer();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    /// The only member joins again, or a first one joins: with an id given to it where the version asks for that.
    private void join() {
        String group = "g" + draw.below(6);
        int version = draw.version(versions, ApiKey.JOIN_GROUP);
        Member member = members.get(group);
        if (member != null && member.instance() != null) {
            // An older version has no room for the name of a static member.
            version = Math.max(5, version);
        }
        if (member != null) {
            joined(
                    group,
                    member.name(),
                    member.instance(),
                    version,
                    joiningAs(group, member.name(), member.instance()));
            return;
        }
        String name = group + "/" + named++;
        String instance = version >= 5 && draw.chance(30) ? "i" + draw.below(2) : null;
        joined(group, name, instance, version, _ -> joining(group, "", instance));
        if (version >= 4 && instance == null) {
            joined(group, name, null, version, joiningAs(group, name, null));
        }
    }

    private Function<Side, RequestMessage> joiningAs(String group, String name, @Nullable String instance) {
        return side -> joining(group, side.member(name), instance);
    }

    private void joined(
            String group, String name, @Nullable String instance, int version, Function<Side, RequestMessage> request) {
        Side peer = comparison.peer();
        Side ours = comparison.ours();
        RequestMessage toPeer = request.apply(peer);
        RequestMessage toOurs = request.apply(ours);
        Comparison.Answers answers = new Comparison.Answers(
                peer.ask("groups", toPeer, (short) version), ours.ask("groups", toOurs, (short) version));
        int generation = learn(peer, name, answers.peers().orElse(null));
        learn(ours, name, answers.ours().orElse(null));
        comparison.record(toPeer, toOurs, (short) version, answers);
        if (generation >= 0) {
            members.put(group, new Member(name, generation, instance));
        }
    }

    private static int learn(Side side, String name, @Nullable Object answer) {
        if (answer instanceof JoinGroupResponse response) {
            side.learnMember(name, response.memberId());
            return response.errorCode() == 0 ? response.generationId() : -1;
        }
        return -1;
    }

    private void badJoin() {
        String group = draw.chance(80) ? "g" + draw.below(6) : "";
        int flaw = draw.below(6);
        ask(ApiKey.JOIN_GROUP, false, _ -> {
            JoinGroupRequest request = joining(group, "nobody", null);
            return switch (flaw) {
                case 0 -> request.withSessionTimeoutMs(1);
                case 1 -> request.withSessionTimeoutMs(Integer.MAX_VALUE);
                case 2 -> request.withProtocols(List.of());
                case 3 -> request.withProtocolType("");
                case 4 -> request.withProtocolType("connect");
                default -> request;
            };
        });
    }

    private Member someone(String group) {
        Member member = members.get(group);
        if (member == null) {
            return new Member(draw.of("nobody", ""), draw.of(-1, 0, 1), null);
        }
        return draw.chance(75)
                ? member
                : draw.of(
                        new Member("nobody", member.generation(), null),
                        new Member("", -1, null),
                        new Member(member.name(), member.generation() + 1, member.instance()),
                        new Member(member.name(), member.generation() - 1, member.instance()));
    }

    private static @Nullable String instanceIn(Member member, int version, int since) {
        return version >= since ? member.instance() : null;
    }

    private void sync() {
        String group = draw.group();
        int version = draw.version(versions, ApiKey.SYNC_GROUP);
        Member member = someone(group);
        String type = draw.chance(90) ? "consumer" : "connect";
        askIn(
                version,
                false,
                side -> SyncGroupRequest.DEFAULT
                        .withGroupId(group)
                        .withGenerationId(member.generation())
                        .withMemberId(side.member(member.name()))
                        .withGroupInstanceId(instanceIn(member, version, 3))
                        .withProtocolType(version >= 5 ? type : null)
                        .withProtocolName(version >= 5 ? "range" : null)
                        .withAssignments(List.of(
                                new SyncGroupRequestAssignment(side.member(member.name()), bytes("assignment")))));
    }

    private void heartbeat() {
        String group = draw.group();
        int version = draw.version(versions, ApiKey.HEARTBEAT);
        Member member = someone(group);
        askIn(
                version,
                true,
                side -> HeartbeatRequest.DEFAULT
                        .withGroupId(group)
                        .withGenerationId(member.generation())
                        .withMemberId(side.member(member.name()))
                        .withGroupInstanceId(instanceIn(member, version, 3)));
    }

    private void commit() {
        String group = draw.group();
        int version = draw.version(versions, ApiKey.OFFSET_COMMIT);
        Member member = someone(group);
        String topic = draw.topic();
        OffsetCommitRequestPartition partition = OffsetCommitRequestPartition.DEFAULT
                .withPartitionIndex(draw.partition())
                .withCommittedOffset(draw.below(100))
                .withCommittedLeaderEpoch(version >= 6 ? draw.of(-1, 0) : -1)
                .withCommittedMetadata(
                        draw.chance(60) ? "" : draw.chance(70) ? "note" : draw.chance(50) ? null : "x".repeat(5_000));
        askIn(
                version,
                false,
                side -> OffsetCommitRequest.DEFAULT
                        .withGroupId(group)
                        .withGenerationIdOrMemberEpoch(member.generation())
                        .withMemberId(side.member(member.name()))
                        .withGroupInstanceId(instanceIn(member, version, 7))
                        .withTopics(List.of(new OffsetCommitRequestTopic(
                                version >= 10 ? "" : topic,
                                version >= 10 ? side.topic(topic) : Uuid.ZERO,
                                List.of(partition)))));
    }

    private void fetchOffsets() {
        String group = draw.group();
        int version = draw.version(versions, ApiKey.OFFSET_FETCH);
        boolean all = version >= 2 && draw.chance(50);
        String topic = draw.topic();
        List<Integer> partitions = List.of(draw.partition(), 0);
        boolean stable = version >= 7 && draw.chance(30);
        askIn(version, true, side -> {
            if (version >= 8) {
                OffsetFetchRequestTopics one = OffsetFetchRequestTopics.DEFAULT
                        .withName(version >= 10 ? "" : topic)
                        .withTopicId(version >= 10 ? side.topic(topic) : Uuid.ZERO)
                        .withPartitionIndexes(partitions);
                OffsetFetchRequestGroup wanted = OffsetFetchRequestGroup.DEFAULT
                        .withGroupId(group)
                        .withMemberId(null)
                        .withMemberEpoch(-1)
                        .withTopics(all ? null : List.of(one));
                return OffsetFetchRequest.DEFAULT.withGroups(List.of(wanted)).withRequireStable(stable);
            }
            return OffsetFetchRequest.DEFAULT
                    .withGroupId(group)
                    .withTopics(all ? null : List.of(new OffsetFetchRequest.OffsetFetchRequestTopic(topic, partitions)))
                    .withRequireStable(stable);
        });
    }

    private void deleteOffsets() {
        String group = draw.group();
        String topic = draw.topic();
        OffsetDeleteRequest.OffsetDeleteRequestPartition partition =
                new OffsetDeleteRequest.OffsetDeleteRequestPartition(draw.partition());
        ask(
                ApiKey.OFFSET_DELETE,
                false,
                _ -> new OffsetDeleteRequest(
                        group, List.of(new OffsetDeleteRequest.OffsetDeleteRequestTopic(topic, List.of(partition)))));
    }

    private void describe() {
        List<String> groups = draw.chance(70) ? List.of(draw.group()) : List.of("g0", "g1", "never-there");
        if (draw.chance(75)) {
            ask(ApiKey.DESCRIBE_GROUPS, true, _ -> DescribeGroupsRequest.DEFAULT.withGroups(groups));
        } else if (versions.has(ApiKey.CONSUMER_GROUP_DESCRIBE)) {
            ask(ApiKey.CONSUMER_GROUP_DESCRIBE, true, _ -> ConsumerGroupDescribeRequest.DEFAULT.withGroupIds(groups));
        }
    }

    private void list() {
        int version = draw.version(versions, ApiKey.LIST_GROUPS);
        List<String> states =
                version >= 4 && draw.chance(50) ? List.of(draw.of("Stable", "Empty", "stable", "Odd")) : List.of();
        List<String> types =
                version >= 5 && draw.chance(30) ? List.of(draw.of("classic", "Classic", "consumer", "odd")) : List.of();
        askIn(
                version,
                true,
                _ -> ListGroupsRequest.DEFAULT.withStatesFilter(states).withTypesFilter(types));
    }

    private void leave() {
        String group = draw.group();
        int version = draw.version(versions, ApiKey.LEAVE_GROUP);
        Member member = someone(group);
        Comparison.Answers answers = askIn(
                version,
                false,
                side -> version >= 3
                        ? LeaveGroupRequest.DEFAULT
                                .withGroupId(group)
                                .withMembers(List.of(MemberIdentity.DEFAULT
                                        .withMemberId(side.member(member.name()))
                                        .withGroupInstanceId(member.instance())))
                        : LeaveGroupRequest.DEFAULT.withGroupId(group).withMemberId(side.member(member.name())));
        Member known = members.get(group);
        if (known != null && known.name().equals(member.name()) && hasLeft(answers)) {
            members.remove(group);
        }
    }

    private static boolean hasLeft(Comparison.Answers answers) {
        return answers.peers().orElse(null) instanceof LeaveGroupResponse response
                && response.errorCode() == 0
                && response.members().stream().allMatch(member -> member.errorCode() == 0);
    }

    private void deleteOrFind() {
        if (draw.chance(50)) {
            List<String> groups = draw.chance(70) ? List.of(draw.group()) : List.of("g0", "never-there");
            ask(ApiKey.DELETE_GROUPS, false, _ -> DeleteGroupsRequest.DEFAULT.withGroupsNames(groups));
        } else {
            int version = draw.version(versions, ApiKey.FIND_COORDINATOR);
            String group = draw.group();
            byte type = version >= 1 && draw.chance(10) ? draw.of((byte) 7, (byte) 0) : 0;
            askIn(
                    version,
                    true,
                    _ -> version >= 4
                            ? FindCoordinatorRequest.DEFAULT.withKeyType(type).withCoordinatorKeys(List.of(group, "g1"))
                            : FindCoordinatorRequest.DEFAULT.withKey(group).withKeyType(type));
        }
    }
}
