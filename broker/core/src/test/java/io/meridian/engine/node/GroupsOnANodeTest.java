package io.meridian.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.Groups;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.meridian.protocol.message.FindCoordinatorRequest;
import io.meridian.protocol.message.FindCoordinatorResponse;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.HeartbeatResponse;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.ListGroupsRequest;
import io.meridian.protocol.message.ListGroupsResponse;
import io.meridian.protocol.message.ListGroupsResponse.ListedGroup;
import io.meridian.protocol.message.OffsetCommitRequest;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.meridian.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.meridian.protocol.message.OffsetCommitResponse;
import io.meridian.protocol.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.meridian.protocol.message.OffsetFetchResponse;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.message.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Coordinators of groups in a whole broker of several nodes.
final class GroupsOnANodeTest {
    private static final String TOPIC = "orders";
    private static final Map<String, String> SETTINGS =
            Map.of("offsets.topic.num.partitions", "4", "group.initial.rebalance.delay.ms", "0");

    private final MemoryStorage storage = new MemoryStorage();
    private TestBroker broker = TestBroker.start(storage, 3, SETTINGS);

    private static FindCoordinatorResponse found(TestBroker broker) {
        return broker.send(FindCoordinatorRequest.DEFAULT.withKey("g"), 3).response(FindCoordinatorResponse.class);
    }

    private void begin() {
        broker.createTopic(TOPIC, 1, Map.of());
        assertThat(found(broker).errorCode()).isZero();
    }

    private TestRequest commit(String group) {
        return broker.send(Groups.commit(8, group, TOPIC, Uuid.ZERO), 8);
    }

    private static short errorOf(TestRequest commit) {
        return commit.response(OffsetCommitResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .errorCode();
    }

    private OffsetFetchResponseGroup fetched(String group) {
        return broker.send(Groups.fetch(8, group, TOPIC, Uuid.ZERO), 8)
                .response(OffsetFetchResponse.class)
                .groups()
                .getFirst();
    }

    private long offsetOf(String group) {
        return fetched(group).topics().getFirst().partitions().getFirst().committedOffset();
    }

    @Test
    void theFirstQuestionCreatesTheTopicOfOffsetsAsItMustBe() {
        assertThat(found(broker).nodeId()).isEqualTo(1);

        TopicImage topic = broker.node(0).image().topics().byName(TopicNameRule.CONSUMER_OFFSETS);
        assertThat(topic).isNotNull();
        assertThat(topic.partitionCount()).isEqualTo(4);
        assertThat(broker.node(0).image().configs().topicConfig(TopicNameRule.CONSUMER_OFFSETS))
                .containsEntry("cleanup.policy", "compact");
    }

    @Test
    void withoutTheTopicNobodyCoordinates() {
        broker.createTopic(TOPIC, 1, Map.of());

        assertThat(errorOf(commit("g"))).isEqualTo(ErrorCode.NOT_COORDINATOR.code());
        assertThat(broker.send(ListGroupsRequest.DEFAULT, 4)
                        .response(ListGroupsResponse.class)
                        .groups())
                .isEmpty();
    }

    @Test
    void groupsOfAllNodesAreListedTogether() {
        begin();
        List<String> names = List.of("a", "b", "c", "d", "e", "f");
        names.forEach(name -> assertThat(errorOf(commit(name))).isZero());

        ListGroupsResponse listed = broker.send(2, ListGroupsRequest.DEFAULT, 5).response(ListGroupsResponse.class);

        assertThat(listed.groups()).extracting(ListedGroup::groupId).isEqualTo(names);
        assertThat(listed.groups()).extracting(ListedGroup::groupType).containsOnly("classic");
        ListGroupsRequest stable = ListGroupsRequest.DEFAULT.withStatesFilter(List.of("stable"));
        assertThat(broker.send(stable, 5).response(ListGroupsResponse.class).groups())
                .isEmpty();
    }

    @Test
    void nobodyIsToldOfACommitBeforeItIsOnTheDisk() {
        begin();
        commit("g");
        broker.hold(StorageJob.Lane.SYNC);

        TestRequest commit = commit("g");
        TestRequest fetch = broker.send(Groups.fetch(8, "g", TOPIC, Uuid.ZERO), 8);
        assertThat(commit.isDone()).isFalse();
        assertThat(fetch.isDone()).isFalse();

        broker.letGo();
        assertThat(errorOf(commit)).isZero();
        assertThat(fetch.isDone()).isTrue();
        assertThat(commit.uses()).isZero();
    }

    @Test
    void afterARestartMembersAndOffsetsAreThere() {
        begin();
        JoinGroupResponse joined =
                broker.send(Groups.join("g", "consumer", "range"), 3).response(JoinGroupResponse.class);
        broker.send(
                        Groups.sync(3, "g", joined.memberId())
                                .withAssignments(List.of(Groups.assignment(joined.memberId(), "all"))),
                        3)
                .response(SyncGroupResponse.class);
        commit("h");

        broker.stop();
        broker = TestBroker.start(storage, 3, SETTINGS);
        HeartbeatRequest beat = HeartbeatRequest.DEFAULT
                .withGroupId("g")
                .withMemberId(joined.memberId())
                .withGenerationId(joined.generationId());

        assertThat(broker.send(beat, 3).response(HeartbeatResponse.class).errorCode())
                .isZero();
        assertThat(offsetOf("h")).isEqualTo(5L);
    }

    @Test
    void offsetsOfADeletedTopicDoNotComeBackWithItsName() {
        begin();
        commit("g");
        broker.send(DeleteTopicsRequest.DEFAULT.withTopics(List.of(new DeleteTopicState(TOPIC, Uuid.ZERO))), 6);
        broker.createTopic(TOPIC, 1, Map.of());

        assertThat(offsetOf("g")).isEqualTo(-1L);
    }

    @Test
    void whoeverWaitsIsAnsweredWhenTheBrokerStops() {
        begin();
        broker.send(Groups.join("g", "consumer", "range"), 3);
        JoinGroupRequest second = Groups.join("g", "consumer", "range");
        TestRequest waiting = broker.send(second, 3);
        assertThat(waiting.isDone()).isFalse();

        broker.stop();

        assertThat(waiting.response(JoinGroupResponse.class).errorCode()).isEqualTo(ErrorCode.NOT_COORDINATOR.code());
        assertThat(broker.isStopped()).isTrue();
    }

    @Test
    void offsetsOfPartitionsThatAreNotThereAreRefusedAndNotStored() {
        begin();
        OffsetCommitRequest elsewhere = OffsetCommitRequest.DEFAULT
                .withGroupId("g")
                .withTopics(List.of(new OffsetCommitRequestTopic(
                        TOPIC,
                        Uuid.ZERO,
                        List.of(
                                new OffsetCommitRequestPartition(7, 1L, -1, ""),
                                new OffsetCommitRequestPartition(0, 2L, -1, "")))));

        assertThat(broker.send(elsewhere, 8)
                        .response(OffsetCommitResponse.class)
                        .topics()
                        .getFirst()
                        .partitions())
                .containsExactly(
                        new OffsetCommitResponsePartition(7, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()),
                        new OffsetCommitResponsePartition(0, ErrorCode.NONE.code()));
        assertThat(offsetOf("g")).isEqualTo(2L);
    }

    @Test
    void aMissingGroupIsNamedAsTheVersionCan() {
        begin();
        OffsetCommitRequest commit = Groups.commit(9, "gone", TOPIC, Uuid.ZERO)
                .withMemberId("member")
                .withGenerationIdOrMemberEpoch(3);

        assertThat(errorOf(broker.send(commit, 9))).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND.code());
        assertThat(errorOf(broker.send(commit, 8))).isEqualTo(ErrorCode.ILLEGAL_GENERATION.code());
    }

    @Test
    void clientsDoNotWriteWhatCoordinatorsKeep() {
        begin();

        ProduceResponse response = broker.send(
                        Batches.produce(-1, TopicNameRule.CONSUMER_OFFSETS, 0, Batches.plain("forged")), 9)
                .response(ProduceResponse.class);

        assertThat(response.responses()
                        .getFirst()
                        .partitionResponses()
                        .getFirst()
                        .errorCode())
                .isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION.code());
    }

    @Test
    void aCoordinatorOfTransactionsIsNotOffered() {
        FindCoordinatorResponse response = broker.send(
                        FindCoordinatorRequest.DEFAULT.withKey("t").withKeyType((byte) 1), 3)
                .response(FindCoordinatorResponse.class);

        assertThat(response.errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code());
    }
}
