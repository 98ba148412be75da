package io.meridian.engine.testing;

import io.meridian.base.Uuid;
import io.meridian.protocol.message.ConsumerProtocolSubscription;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.meridian.protocol.message.LeaveGroupRequest;
import io.meridian.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.meridian.protocol.message.OffsetCommitRequest;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.meridian.protocol.message.OffsetFetchRequest;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Requests of members of groups.
public final class Groups {
    public static final int SESSION_MS = 10_000;
    public static final int REBALANCE_MS = 20_000;

    private Groups() {}

    /// A join of a dynamic member without an id.
    public static JoinGroupRequest join(String group, String protocolType, String... protocols) {
        List<JoinGroupRequestProtocol> offered = new ArrayList<>();
        for (String protocol : protocols) {
            offered.add(new JoinGroupRequestProtocol(protocol, subscription("orders")));
        }
        return JoinGroupRequest.DEFAULT
                .withGroupId(group)
                .withSessionTimeoutMs(SESSION_MS)
                .withRebalanceTimeoutMs(REBALANCE_MS)
                .withProtocolType(protocolType)
                .withProtocols(offered);
    }

    /// What a consumer says that wants to read these topics.
    public static ByteBuffer subscription(String... topics) {
        WireWriter writer = new WireWriter();
        writer.writeInt16((short) 0);
        ConsumerProtocolSubscription.DEFAULT.withTopics(Arrays.asList(topics)).write(writer, (short) 0);
        return writer.toByteBuffer();
    }

    public static SyncGroupRequest sync(int version, String group, String memberId) {
        SyncGroupRequest request = SyncGroupRequest.DEFAULT
                .withGroupId(group)
                .withMemberId(memberId)
                .withGenerationId(1);
        return version >= 5 ? request.withProtocolType("consumer").withProtocolName("range") : request;
    }

    public static SyncGroupRequestAssignment assignment(String memberId, String text) {
        return new SyncGroupRequestAssignment(memberId, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static LeaveGroupRequest leave(int version, String group, String memberId) {
        LeaveGroupRequest request = LeaveGroupRequest.DEFAULT.withGroupId(group);
        return version >= 3
                ? request.withMembers(List.of(new MemberIdentity(memberId, null, null)))
                : request.withMemberId(memberId);
    }

    /// A commit that no member makes.
    public static OffsetCommitRequest commit(int version, String group, String topic, Uuid topicId) {
        return OffsetCommitRequest.DEFAULT
                .withGroupId(group)
                .withTopics(List.of(new OffsetCommitRequestTopic(
                        version >= 10 ? "" : topic,
                        version >= 10 ? topicId : Uuid.ZERO,
                        List.of(new OffsetCommitRequestPartition(0, 5L, -1, "by hand")))));
    }

    public static OffsetFetchRequest fetch(int version, String group, String topic, Uuid topicId) {
        if (version < 8) {
            return OffsetFetchRequest.DEFAULT
                    .withGroupId(group)
                    .withTopics(List.of(new OffsetFetchRequestTopic(topic, List.of(0, 1))));
        }
        OffsetFetchRequestTopics asked = new OffsetFetchRequestTopics(
                version >= 10 ? "" : topic, version >= 10 ? topicId : Uuid.ZERO, List.of(0, 1));
        return OffsetFetchRequest.DEFAULT.withGroups(
                List.of(OffsetFetchRequestGroup.DEFAULT.withGroupId(group).withTopics(List.of(asked))));
    }
}
