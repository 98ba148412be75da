package io.meridian.engine.group;

import static io.meridian.engine.group.ShardBed.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.group.GroupQuestion.CommitOffsets;
import io.meridian.engine.group.GroupQuestion.NewOffset;
import io.meridian.engine.testing.Groups;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteGroupsResponse.DeletableGroupResult;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.OffsetCommitResponse;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.meridian.protocol.message.OffsetDeleteResponse;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What groups commit, and when it is forgotten.
final class OffsetsTest {
    private static final Uuid ORDERS = new Uuid(1, 2);
    private static final long MINUTE_MS = 60_000L;

    private final ShardBed bed =
            new ShardBed("offsets.retention.minutes=10", "offsets.retention.check.interval.ms=1000");

    private static CommitOffsets commit(String memberId, int generation, String topic, long offset, String metadata) {
        return new CommitOffsets(
                GROUP, memberId, null, generation, -1L, List.of(new NewOffset(topic, ORDERS, 0, offset, 4, metadata)));
    }

    private short committed(CommitOffsets commit) {
        return bed.answer(bed.ask(commit), OffsetCommitResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .errorCode();
    }

    private short committed(String memberId, int generation, long offset) {
        return committed(commit(memberId, generation, "orders", offset, ""));
    }

    private OffsetFetchResponsePartitions fetched(String topic) {
        List<OffsetFetchRequestTopics> asked = List.of(new OffsetFetchRequestTopics(topic, Uuid.ZERO, List.of(0)));
        return fetched(asked).topics().getFirst().partitions().getFirst();
    }

    private OffsetFetchResponseGroup fetched(@Nullable List<OffsetFetchRequestTopics> asked) {
        return bed.answer(bed.ask(new GroupQuestion.FetchOffsets(GROUP, asked)), OffsetFetchResponseGroup.class);
    }

    @Test
    void whatIsCommittedIsFetchedAlsoAfterARestart() {
        assertThat(committed(commit("", -1, "orders", 5L, "note"))).isZero();

        bed.restart();

        assertThat(fetched("orders")).isEqualTo(new OffsetFetchResponsePartitions(0, 5L, 4, "note", (short) 0));
        assertThat(fetched((List<OffsetFetchRequestTopics>) null).topics()).hasSize(1);
    }

    @Test
    void whatWasNeverCommittedIsMinusOneAndNoError() {
        assertThat(fetched("orders")).isEqualTo(new OffsetFetchResponsePartitions(0, -1L, -1, "", (short) 0));
    }

    @Test
    void onlyMembersCommitToAGroupThatHasThem() {
        String member = bed.alone();

        assertThat(committed(member, 1, 5L)).isZero();
        assertThat(committed("", -1, 6L)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
        assertThat(committed("stranger", 1, 6L)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
        assertThat(committed(member, 2, 6L)).isEqualTo(ErrorCode.ILLEGAL_GENERATION.code());
        assertThat(fetched("orders").committedOffset()).isEqualTo(5L);
    }

    @Test
    void membersMayCommitWhileTheOthersComeBackAndNotBeforeTheyAreAssigned() {
        String first = bed.alone();
        long second = bed.join("");
        assertThat(committed(first, 1, 5L)).isZero();

        bed.join(first);

        assertThat(committed(bed.joined(second).memberId(), 2, 6L)).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS.code());
    }

    @Test
    void aGenerationWithoutAGroupIsRefused() {
        assertThat(committed("gone", 3, 5L)).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND.code());
        assertThat(bed.shard().groupCount()).isZero();
    }

    @Test
    void textThatIsTooLongIsRefusedAndLeavesNothing() {
        assertThat(committed(commit("", -1, "orders", 5L, "ü".repeat(2_049))))
                .isEqualTo(ErrorCode.OFFSET_METADATA_TOO_LARGE.code());

        assertThat(bed.shard().groupCount()).isZero();
        assertThat(bed.records()).isEmpty();
    }

    @Test
    void offsetsOfAGroupWithoutMembersExpireFromWhenItBecameEmpty() {
        String member = bed.alone();
        committed(member, 1, 5L);
        for (int beats = 0; beats < 200; beats++) {
            bed.pass(5_000);
            assertThat(bed.beat(member, 1)).isZero();
        }
        assertThat(fetched("orders").committedOffset()).isEqualTo(5L);

        bed.leave(member, null);
        bed.pass(9 * MINUTE_MS);
        assertThat(fetched("orders").committedOffset()).isEqualTo(5L);

        bed.pass(2 * MINUTE_MS);
        assertThat(fetched("orders").committedOffset()).isEqualTo(-1L);
        assertThat(bed.shard().groupCount()).isZero();
        bed.restart();
        assertThat(bed.shard().groupCount()).isZero();
    }

    @Test
    void offsetsOfTopicsThatMembersDoNotReadExpireFromTheirCommit() {
        String member = bed.alone();
        committed(member, 1, 5L);
        committed(commit(member, 1, "left-behind", 6L, ""));
        for (int beats = 0; beats < 200; beats++) {
            bed.pass(5_000);
            bed.beat(member, 1);
        }

        assertThat(fetched("left-behind").committedOffset()).isEqualTo(-1L);
        assertThat(fetched("orders").committedOffset()).isEqualTo(5L);
    }

    @Test
    void offsetsWithATimeOfTheirOwnExpireThen() {
        committed(new CommitOffsets(
                GROUP, "", null, -1, 30_000L, List.of(new NewOffset("orders", ORDERS, 0, 5L, -1, ""))));
        bed.restart();

        bed.pass(29_000);
        assertThat(fetched("orders").committedOffset()).isEqualTo(5L);
        bed.pass(2_000);
        assertThat(fetched("orders").committedOffset()).isEqualTo(-1L);
    }

    @Test
    void offsetsOfADeletedTopicAreForgottenAndThoseOfANamesakeTaken() {
        committed("", -1, 5L);
        bed.tell(new GroupQuestion.ForgetUnknownTopics(
                (name, topicId) -> name.equals("orders") && topicId.equals(ORDERS)));
        assertThat(fetched("orders").committedOffset()).isEqualTo(5L);

        bed.tell(new GroupQuestion.ForgetUnknownTopics((_, topicId) -> topicId.equals(new Uuid(9, 9))));
        assertThat(fetched("orders").committedOffset()).isEqualTo(-1L);
    }

    @Test
    void offsetsOfTopicsInUseCannotBeDeleted() {
        String member = bed.alone();
        committed(member, 1, 5L);
        committed(commit(member, 1, "left-behind", 6L, ""));

        OffsetDeleteResponse response = bed.answer(
                bed.ask(new GroupQuestion.DeleteOffsets(GROUP, List.of(deletion("orders"), deletion("left-behind")))),
                OffsetDeleteResponse.class);

        assertThat(response.topics().getFirst().partitions().getFirst().errorCode())
                .isEqualTo(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC.code());
        assertThat(response.topics().getLast().partitions().getFirst().errorCode())
                .isZero();
        assertThat(fetched("orders").committedOffset()).isEqualTo(5L);
        assertThat(fetched("left-behind").committedOffset()).isEqualTo(-1L);
    }

    private static OffsetDeleteRequestTopic deletion(String topic) {
        return new OffsetDeleteRequestTopic(topic, List.of(new OffsetDeleteRequestPartition(0)));
    }

    @Test
    void offsetsOfAGroupOfAnotherKindCannotBeDeletedWhileItHasMembers() {
        JoinGroupResponse joined = bed.joined(bed.ask(ShardBed.join(Groups.join(GROUP, "connect", "v1"), false)));
        assertThat(joined.errorCode()).isZero();

        OffsetDeleteResponse response = bed.answer(
                bed.ask(new GroupQuestion.DeleteOffsets(GROUP, List.of(deletion("orders")))),
                OffsetDeleteResponse.class);

        assertThat(response.errorCode()).isEqualTo(ErrorCode.NON_EMPTY_GROUP.code());
    }

    @Test
    void aGroupGoesWithItsOffsetsAndOnlyWithoutMembers() {
        String member = bed.alone();
        committed(member, 1, 5L);
        assertThat(deleted()).isEqualTo(ErrorCode.NON_EMPTY_GROUP.code());

        bed.leave(member, null);
        assertThat(deleted()).isZero();
        assertThat(deleted()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND.code());
        bed.restart();

        assertThat(bed.shard().groupCount()).isZero();
    }

    private short deleted() {
        return bed.answer(bed.ask(new GroupQuestion.Delete(GROUP)), DeletableGroupResult.class)
                .errorCode();
    }
}
