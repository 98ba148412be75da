package io.meridian.simulator.client;

import io.meridian.protocol.message.FindCoordinatorRequest;
import io.meridian.protocol.message.FindCoordinatorResponse;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.HeartbeatResponse;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import io.meridian.protocol.message.LeaveGroupRequest;
import io.meridian.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.meridian.protocol.message.LeaveGroupResponse;
import io.meridian.protocol.message.OffsetCommitRequest;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.meridian.protocol.message.OffsetCommitResponse;
import io.meridian.protocol.message.OffsetFetchRequest;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.meridian.protocol.message.OffsetFetchResponse;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.meridian.protocol.message.SyncGroupResponse;
import io.meridian.simulator.checker.GroupHistory;
import io.meridian.simulator.checker.GroupHistory.Commit;
import io.meridian.simulator.checker.Violation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A member of a group: joins, asks what it gets, beats, commits, fetches what was committed; leaves now and then,
/// or falls silent without a word. The leader deals out [#PARTS] parts.
public final class GroupMemberClient extends ModelClient {
    /// Pieces of work that a group shares, named by number.
    public static final int PARTS = 5;

    private static final int FIND_VERSION = 3;
    private static final int COMMIT_VERSION = 8;
    private static final int FETCH_VERSION = 7;
    private static final int BEAT_VERSION = 4;
    private static final int LEAVE_VERSION = 5;
    private static final int[] JOIN_VERSIONS = {1, 3, 4, 5, 7, 9};
    private static final int FIRST_JOIN_VERSION_WITH_INSTANCES = 5;
    private static final int FIRST_SYNC_VERSION_WITH_PROTOCOL = 5;

    private final GroupHistory group;
    private final String topic;
    private final MemberStyle style;
    private final int joinVersion;
    private String memberId = "";
    private int generation = -1;
    private List<Integer> parts = List.of();
    private boolean isAudited;

    /// @param instanceId null for a dynamic member
    /// @param pauseNs bound of the pause between two steps
    /// @param goingPercent of the steps in which it goes away for a while
    public record MemberStyle(
            @Nullable String instanceId, int sessionMs, int rebalanceMs, long pauseNs, int goingPercent) {}

    /// @param topic a topic that exists and that offsets are committed for
    public GroupMemberClient(int number, GroupHistory group, String topic, MemberStyle style, ClientContext context) {
        super("member-" + number, context);
        this.group = group;
        this.topic = topic;
        this.style = style;
        int drawn = JOIN_VERSIONS[context.random().nextInt(JOIN_VERSIONS.length)];
        this.joinVersion = style.instanceId() == null ? drawn : Math.max(drawn, FIRST_JOIN_VERSION_WITH_INSTANCES);
    }

    /// From here on the next fetch counts as its last look.
    public void beginAudit() {
        isAudited = false;
    }

    public boolean isAudited() {
        return isAudited;
    }

    @Override
    void onConnected() {
        nextStep();
    }

    @Override
    void onDisconnected() {}

    private void nextStep() {
        later(1 + random().nextLong(style.pauseNs()), this::step);
    }

    private void step() {
        if (random().chance(style.goingPercent())) {
            go();
        } else if (random().chance(15)) {
            fetch();
        } else if (generation < 0) {
            find();
        } else if (!parts.isEmpty() && random().chance(50)) {
            commit();
        } else {
            beat();
        }
    }

    /// Leaves in order, or is not heard of for longer than its session.
    private void go() {
        boolean inOrder = random().nextBoolean() && !memberId.isEmpty();
        String leaving = memberId;
        if (style.instanceId() == null || random().nextBoolean()) {
            memberId = "";
        }
        forget();
        if (inOrder) {
            LeaveGroupRequest request = LeaveGroupRequest.DEFAULT
                    .withGroupId(group.groupId())
                    .withMembers(List.of(new MemberIdentity(leaving, style.instanceId(), null)));
            send(request, LEAVE_VERSION, null, LeaveGroupResponse.class, reply -> {
                trace().mix(reply.errorCode());
                memberId = "";
                nextStep();
            });
        } else {
            later(random().nextLong(2L * style.sessionMs() * MILLI_NS), this::step);
        }
    }

    private void forget() {
        generation = -1;
        parts = List.of();
    }

    private void find() {
        FindCoordinatorRequest request = FindCoordinatorRequest.DEFAULT.withKey(group.groupId());
        send(request, FIND_VERSION, null, FindCoordinatorResponse.class, reply -> {
            Violation.unless(
                    reply.errorCode() == Errors.NONE || reply.errorCode() == Errors.COORDINATOR_NOT_AVAILABLE,
                    "the coordinator of " + group.groupId() + ": " + reply.errorCode());
            if (reply.errorCode() == Errors.NONE) {
                join();
            } else {
                nextStep();
            }
        });
    }

    private void join() {
        JoinGroupRequest request = JoinGroupRequest.DEFAULT
                .withGroupId(group.groupId())
                .withMemberId(memberId)
                .withGroupInstanceId(style.instanceId())
                .withSessionTimeoutMs(style.sessionMs())
                .withRebalanceTimeoutMs(style.rebalanceMs())
                .withProtocolType("workers")
                .withProtocols(List.of(new JoinGroupRequestProtocol("deal", ByteBuffer.allocate(3))));
        int storedBefore = group.storedGeneration();
        send(request, joinVersion, null, JoinGroupResponse.class, reply -> {
            trace().mix(reply.errorCode(), reply.generationId(), reply.members().size());
            switch (reply.errorCode()) {
                case Errors.NONE -> {
                    memberId = reply.memberId();
                    group.generationBegan(reply.generationId(), storedBefore);
                    sync(reply);
                }
                case Errors.MEMBER_ID_REQUIRED -> {
                    memberId = reply.memberId();
                    join();
                }
                default -> refused("a join", reply.errorCode());
            }
        });
    }

    private void sync(JoinGroupResponse joined) {
        int version = random().nextBoolean() || joined.protocolType() == null ? 3 : FIRST_SYNC_VERSION_WITH_PROTOCOL;
        boolean tells = version >= FIRST_SYNC_VERSION_WITH_PROTOCOL;
        SyncGroupRequest request = SyncGroupRequest.DEFAULT
                .withGroupId(group.groupId())
                .withMemberId(memberId)
                .withGroupInstanceId(style.instanceId())
                .withGenerationId(joined.generationId())
                .withProtocolType(tells ? joined.protocolType() : null)
                .withProtocolName(tells ? joined.protocolName() : null)
                .withAssignments(joined.skipAssignment() ? List.of() : dealt(joined.members()));
        send(request, version, null, SyncGroupResponse.class, reply -> {
            trace().mix(reply.errorCode(), reply.assignment().remaining(), 0);
            if (reply.errorCode() == Errors.NONE) {
                generation = joined.generationId();
                parts = partsOf(reply.assignment());
                String instanceId = style.instanceId();
                group.assigned(generation, instanceId == null ? memberId : instanceId, parts);
                nextStep();
            } else {
                refused("a sync", reply.errorCode());
            }
        });
    }

    private List<SyncGroupRequestAssignment> dealt(List<JoinGroupResponseMember> members) {
        List<SyncGroupRequestAssignment> assignments = new ArrayList<>();
        int first = members.isEmpty() ? 0 : random().nextInt(members.size());
        for (int index = 0; index < members.size(); index++) {
            ByteBuffer hand = ByteBuffer.allocate(PARTS);
            for (int part = 0; part < PARTS; part++) {
                if ((first + part) % members.size() == index) {
                    hand.put((byte) part);
                }
            }
            assignments.add(new SyncGroupRequestAssignment(members.get(index).memberId(), hand.flip()));
        }
        return assignments;
    }

    private static List<Integer> partsOf(ByteBuffer assignment) {
        List<Integer> parts = new ArrayList<>();
        ByteBuffer bytes = assignment.duplicate();
        while (bytes.hasRemaining()) {
            parts.add((int) bytes.get());
        }
        return parts;
    }

    private void refused(String what, short error) {
        switch (error) {
            case Errors.UNKNOWN_MEMBER_ID, Errors.FENCED_INSTANCE_ID -> {
                memberId = "";
                forget();
            }
            case Errors.ILLEGAL_GENERATION,
                    Errors.REBALANCE_IN_PROGRESS,
                    Errors.COORDINATOR_LOAD_IN_PROGRESS,
                    Errors.COORDINATOR_NOT_AVAILABLE,
                    Errors.NOT_COORDINATOR -> forget();
            default -> throw new Violation(what + " in " + group.groupId() + " was answered " + error);
        }
        nextStep();
    }

    private void beat() {
        HeartbeatRequest request = HeartbeatRequest.DEFAULT
                .withGroupId(group.groupId())
                .withMemberId(memberId)
                .withGroupInstanceId(style.instanceId())
                .withGenerationId(generation);
        send(request, BEAT_VERSION, null, HeartbeatResponse.class, reply -> {
            trace().mix(reply.errorCode());
            if (reply.errorCode() == Errors.NONE) {
                nextStep();
            } else {
                refused("a heartbeat", reply.errorCode());
            }
        });
    }

    private void commit() {
        int part = parts.get(random().nextInt(parts.size()));
        Commit commit = group.commitBegins(part, generation, queue().nowNs());
        OffsetCommitRequestPartition partition =
                new OffsetCommitRequestPartition(part, commit.value(), -1, random().nextBoolean() ? "note" : null);
        OffsetCommitRequest request = OffsetCommitRequest.DEFAULT
                .withGroupId(group.groupId())
                .withMemberId(memberId)
                .withGroupInstanceId(style.instanceId())
                .withGenerationIdOrMemberEpoch(generation)
                .withTopics(
                        List.of(OffsetCommitRequestTopic.DEFAULT.withName(topic).withPartitions(List.of(partition))));
        send(request, COMMIT_VERSION, null, OffsetCommitResponse.class, reply -> {
            short error = reply.topics().getFirst().partitions().getFirst().errorCode();
            trace().mix(error, part, commit.value());
            switch (error) {
                case Errors.NONE -> {
                    group.acknowledged(part, commit, queue().nowNs());
                    nextStep();
                }
                case Errors.UNKNOWN_TOPIC_OR_PARTITION -> {
                    group.refused(part, commit);
                    nextStep();
                }
                case Errors.NOT_COORDINATOR -> refused("a commit", error);
                default -> {
                    group.refused(part, commit);
                    refused("a commit", error);
                }
            }
        });
    }

    private void fetch() {
        List<Integer> all = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            all.add(part);
        }
        OffsetFetchRequest request = OffsetFetchRequest.DEFAULT
                .withGroupId(group.groupId())
                .withTopics(List.of(new OffsetFetchRequestTopic(topic, all)));
        long beganNs = queue().nowNs();
        send(request, FETCH_VERSION, null, OffsetFetchResponse.class, reply -> {
            trace().mix(reply.errorCode());
            if (reply.errorCode() == Errors.NONE) {
                reply.topics()
                        .getFirst()
                        .partitions()
                        .forEach(partition -> group.fetched(
                                partition.partitionIndex(), partition.committedOffset(), beganNs, queue().nowNs()));
                isAudited = true;
            } else {
                Violation.unless(
                        reply.errorCode() == Errors.COORDINATOR_LOAD_IN_PROGRESS
                                || reply.errorCode() == Errors.NOT_COORDINATOR,
                        "a fetch of offsets in " + group.groupId() + " was answered " + reply.errorCode());
            }
            nextStep();
        });
    }
}
