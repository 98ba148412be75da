package io.meridian.engine.group;

import static io.meridian.engine.group.ShardBed.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Groups;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.meridian.protocol.message.DescribeGroupsResponse.DescribedGroupMember;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Members, generations and sessions of one group.
final class GroupProtocolTest {
    private final ShardBed bed = new ShardBed();

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private String state() {
        return described(bed).groupState();
    }

    private static DescribedGroup described(ShardBed bed) {
        return bed.answer(bed.ask(new GroupQuestion.Describe(GROUP)), DescribedGroup.class);
    }

    @Test
    void theFirstMemberLeadsAndAssigns() {
        JoinGroupResponse joined = bed.joined(bed.join(""));

        assertThat(joined.errorCode()).isZero();
        assertThat(joined.generationId()).isEqualTo(1);
        assertThat(joined.leader()).isEqualTo(joined.memberId()).startsWith("client-");
        assertThat(joined.members())
                .extracting(JoinGroupResponseMember::memberId)
                .containsExactly(joined.memberId());
        assertThat(state()).isEqualTo("CompletingRebalance");

        SyncGroupResponse synced =
                bed.synced(bed.sync(joined.memberId(), 1, Groups.assignment(joined.memberId(), "all")));
        assertThat(text(synced.assignment())).isEqualTo("all");
        assertThat(state()).isEqualTo("Stable");
    }

    @Test
    void aSecondMemberMakesTheFirstComeBackAndBothShare() {
        String first = bed.alone();
        long secondJoin = bed.join("");

        assertThat(bed.isAnswered(secondJoin)).isFalse();
        assertThat(bed.beat(first, 1)).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS.code());

        JoinGroupResponse again = bed.joined(bed.join(first));
        JoinGroupResponse second = bed.joined(secondJoin);
        assertThat(again.generationId()).isEqualTo(2);
        assertThat(again.leader()).isEqualTo(first);
        assertThat(again.members()).hasSize(2);
        assertThat(second.members()).isEmpty();

        long follower = bed.sync(second.memberId(), 2);
        assertThat(bed.isAnswered(follower)).isFalse();
        bed.sync(first, 2, Groups.assignment(first, "a"), Groups.assignment(second.memberId(), "b"));
        assertThat(text(bed.synced(follower).assignment())).isEqualTo("b");
    }

    @Test
    void membersThatStartTogetherAreGatheredOnce() {
        ShardBed slow = new ShardBed("group.initial.rebalance.delay.ms=3000");
        long first = slow.join("");
        slow.pass(2_000);
        long second = slow.join("");
        slow.pass(2_000);
        assertThat(slow.isAnswered(first)).isFalse();
        slow.pass(2_000);

        assertThat(slow.joined(first).generationId()).isEqualTo(1);
        assertThat(slow.joined(second).generationId()).isEqualTo(1);
        assertThat(slow.joined(first).members()).hasSize(2);
    }

    @Test
    void gatheringEndsAtTheRebalanceTimeout() {
        ShardBed slow = new ShardBed("group.initial.rebalance.delay.ms=3000");
        long first = slow.join("");
        for (int more = 0; more < 9; more++) {
            slow.pass(2_500);
            slow.join("");
        }

        assertThat(slow.isAnswered(first)).isTrue();
    }

    @Test
    void aMemberWithoutAnIdIsGivenOneAndMustComeBackWithIt() {
        long question = bed.ask(new GroupQuestion.Join(ShardBed.request(""), "client", "/1.2.3.4", true, true));
        JoinGroupResponse refused = bed.joined(question);

        assertThat(refused.errorCode()).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED.code());
        assertThat(bed.joined(bed.join(refused.memberId())).generationId()).isEqualTo(1);
    }

    @Test
    void anIdThatNobodyComesBackWithIsForgottenWithItsGroup() {
        long question = bed.ask(new GroupQuestion.Join(ShardBed.request(""), "client", "/1.2.3.4", true, true));
        String memberId = bed.joined(question).memberId();

        bed.pass(Groups.SESSION_MS);

        assertThat(bed.shard().groupCount()).isZero();
        assertThat(bed.joined(bed.join(memberId)).errorCode()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
    }

    @Test
    void aSilentMemberIsDroppedAndTheOthersRebalance() {
        String first = bed.alone();
        long second = bed.join("");
        bed.join(first);
        String secondId = bed.joined(second).memberId();
        bed.sync(first, 2);
        bed.sync(secondId, 2);

        bed.pass(Groups.SESSION_MS / 2);
        assertThat(bed.beat(secondId, 2)).isZero();
        bed.pass(Groups.SESSION_MS / 2);

        assertThat(bed.beat(secondId, 2)).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS.code());
        JoinGroupResponse alone = bed.joined(bed.join(secondId));
        assertThat(alone.generationId()).isEqualTo(3);
        assertThat(alone.leader()).isEqualTo(secondId);
        assertThat(alone.members()).hasSize(1);
        assertThat(bed.beat(first, 2)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
    }

    @Test
    void aRebalanceDoesNotWaitLongerThanItsTimeout() {
        String first = bed.alone();
        long second = bed.join("");
        for (int beats = 0; beats < 4; beats++) {
            bed.pass(Groups.REBALANCE_MS / 4);
            bed.beat(first, 1);
        }

        assertThat(bed.joined(second).members()).hasSize(1);
        assertThat(bed.beat(first, 1)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
    }

    @Test
    void whoeverNeverAsksForItsAssignmentIsLeftBehind() {
        String first = bed.alone();
        long second = bed.join("");
        bed.join(first);
        String secondId = bed.joined(second).memberId();
        bed.sync(first, 2);
        for (int beats = 0; beats < 4; beats++) {
            bed.pass(Groups.REBALANCE_MS / 4);
            bed.beat(first, 2);
            bed.beat(secondId, 2);
        }

        assertThat(state()).isEqualTo("PreparingRebalance");
        assertThat(bed.beat(secondId, 2)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
    }

    @Test
    void whoeverLeavesIsForgottenAtOnce() {
        String only = bed.alone();

        assertThat(bed.leave(only, null)).isZero();

        assertThat(state()).isEqualTo("Empty");
        assertThat(bed.leave(only, null)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
    }

    @Test
    void aMemberThatWaitsInVainIsToldWhenItIsRemoved() {
        bed.alone();
        long waiting = bed.ask(new GroupQuestion.Join(
                ShardBed.request("").withGroupInstanceId("one"), "client", "/1.2.3.4", true, true));

        assertThat(bed.leave("", "one")).isZero();

        assertThat(bed.joined(waiting).errorCode()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
    }

    @Test
    void aStaticMemberComesBackWithoutDisturbingTheOthers() {
        JoinGroupResponse before = bed.joined(bed.joinStatic("one", "", true));
        long second = bed.join("");
        bed.ask(ShardBed.join(ShardBed.request(before.memberId()).withGroupInstanceId("one"), true));
        String secondId = bed.joined(second).memberId();
        bed.sync(secondId, 2);
        bed.ask(new GroupQuestion.Sync(SyncGroupRequest.DEFAULT
                .withGroupId(GROUP)
                .withMemberId(before.memberId())
                .withGroupInstanceId("one")
                .withGenerationId(2)
                .withAssignments(List.of(Groups.assignment(before.memberId(), "a")))));

        JoinGroupResponse after = bed.joined(bed.joinStatic("one", "", true));

        assertThat(after.errorCode()).isZero();
        assertThat(after.generationId()).isEqualTo(2);
        assertThat(after.memberId()).isNotEqualTo(before.memberId()).startsWith("one-");
        assertThat(after.leader()).isEqualTo(after.memberId());
        assertThat(after.skipAssignment()).isTrue();
        assertThat(bed.beat(secondId, 2)).isZero();
        assertThat(bed.beat(before.memberId(), "one", 2)).isEqualTo(ErrorCode.FENCED_INSTANCE_ID.code());
        SyncGroupResponse synced = bed.synced(bed.sync(after.memberId(), 2));
        assertThat(text(synced.assignment())).isEqualTo("a");
    }

    @Test
    void aStaticLeaderThatCannotSkipBelievesItsFormerSelfToLead() {
        JoinGroupResponse before = bed.joined(bed.joinStatic("one", "", false));
        bed.sync(before.memberId(), 1, Groups.assignment(before.memberId(), "a"));

        JoinGroupResponse after = bed.joined(bed.joinStatic("one", "", false));

        assertThat(after.leader()).isEqualTo(before.memberId());
        assertThat(after.skipAssignment()).isFalse();
        assertThat(after.members()).isEmpty();
    }

    @Test
    void aFollowerThatAsksAgainGetsItsGenerationAndALeaderRebalances() {
        String first = bed.alone();
        long second = bed.join("");
        bed.join(first);
        String secondId = bed.joined(second).memberId();
        bed.sync(secondId, 2);
        bed.sync(first, 2);

        assertThat(bed.joined(bed.join(secondId)).generationId()).isEqualTo(2);
        assertThat(state()).isEqualTo("Stable");

        bed.join(first);
        assertThat(state()).isEqualTo("PreparingRebalance");
    }

    @Test
    void theProtocolThatAllKnowAndMostPreferIsTaken() {
        JoinGroupResponse first = bed.joined(bed.join("", "range", "sticky"));
        long second = bed.join("", "sticky", "range");
        long third = bed.join("", "sticky", "range", "other");
        bed.join(first.memberId(), "range", "sticky");

        assertThat(bed.joined(second).protocolName()).isEqualTo("sticky");
        assertThat(bed.joined(third).protocolName()).isEqualTo("sticky");
        assertThat(bed.joined(bed.join("", "unheard-of")).errorCode())
                .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL.code());
    }

    @Test
    void strangersAndFormerGenerationsAreRefused() {
        String member = bed.alone();

        assertThat(bed.beat("stranger", 1)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
        assertThat(bed.beat(member, 0)).isEqualTo(ErrorCode.ILLEGAL_GENERATION.code());
        assertThat(bed.synced(bed.sync(member, 7)).errorCode()).isEqualTo(ErrorCode.ILLEGAL_GENERATION.code());
        assertThat(bed.joined(bed.join("stranger")).errorCode()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
        assertThat(bed.joined(bed.ask(ShardBed.join(ShardBed.request("").withSessionTimeoutMs(10), false)))
                        .errorCode())
                .isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT.code());
    }

    @Test
    void aRefusedJoinLeavesNoGroupBehind() {
        bed.joined(bed.ask(ShardBed.join(ShardBed.request("").withProtocols(List.of()), false)));

        assertThat(bed.shard().groupCount()).isZero();
    }

    @Test
    void aFullGroupTakesNobody() {
        ShardBed small = new ShardBed("group.max.size=1");
        String first = small.alone();

        assertThat(small.joined(small.join("")).errorCode()).isEqualTo(ErrorCode.GROUP_MAX_SIZE_REACHED.code());
        assertThat(small.beat(first, 1)).isZero();
    }

    @Test
    void afterARestartTheGenerationGoesOnAndSessionsStartAnew() {
        String member = bed.alone();
        bed.pass(Groups.SESSION_MS - 1);

        bed.restart();
        bed.pass(Groups.SESSION_MS - 1);

        assertThat(bed.beat(member, 1)).isZero();
        DescribedGroupMember described = described(bed).members().getFirst();
        assertThat(described.memberId()).isEqualTo(member);
        assertThat(text(described.memberAssignment())).isEqualTo("all");

        bed.restart();
        bed.pass(Groups.SESSION_MS);
        assertThat(state()).isEqualTo("Empty");
    }

    @Test
    void aSecondRequestOfTheSameMemberReleasesTheFirst() {
        String first = bed.alone();
        long second = bed.join("");
        JoinGroupResponse pending = bed.joined(bed.join(first));
        long lost = bed.sync(bed.joined(second).memberId(), pending.generationId());
        long retried = bed.sync(bed.joined(second).memberId(), pending.generationId());

        assertThat(bed.synced(lost).errorCode()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS.code());
        assertThat(bed.isAnswered(retried)).isFalse();
    }
}
