package io.meridian.engine.metadata;

import static io.meridian.engine.metadata.MetadataBed.assigned;
import static io.meridian.engine.metadata.MetadataBed.configured;
import static io.meridian.engine.metadata.MetadataBed.errorOf;
import static io.meridian.engine.metadata.MetadataBed.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.Assignment;
import io.meridian.engine.metadata.ControllerCommand.AutoCreateTopics;
import io.meridian.engine.metadata.ControllerCommand.ConfigValue;
import io.meridian.engine.metadata.ControllerCommand.CreateTopics;
import io.meridian.engine.metadata.ControllerCommand.NewTopic;
import io.meridian.engine.metadata.ControllerReply.CreatedTopic;
import io.meridian.engine.metadata.ControllerReply.TopicCreation;
import io.meridian.engine.metadata.ControllerReply.TopicsCreated;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.settings.BrokerConfig.CreationConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTopicsTest {
    private final MetadataBed bed = MetadataBed.withBrokers(1);

    @Test
    void topicComesWithItsPartitionsItsLeadersAndItsConfig() {
        CreatedTopic created =
                bed.created(new NewTopic("orders", 2, 1, List.of(), List.of(new ConfigValue("retention.ms", "5"))));

        assertThat(bed.topic("orders").topicId()).isEqualTo(created.topicId());
        assertThat(bed.topic("orders").partitions())
                .containsExactly(
                        new PartitionImage(0, 1, 0, 0, List.of(1), List.of(1)),
                        new PartitionImage(1, 1, 0, 0, List.of(1), List.of(1)));
        assertThat(bed.image.configs().topicConfig("orders")).containsEntry("retention.ms", "5");
        assertThat(created.configs()).containsEntry("retention.ms", "5");
        assertThat(bed.image.topics().partitionCount()).isEqualTo(2);
    }

    @Test
    void topicThatFindsNoFilesIsRefusedAndTheOthersAreCreated() {
        bed.filesForPartitions = 2;

        List<TopicCreation> results = bed.create(topic("large", 3, 1), topic("small", 2, 1));

        assertThat(results)
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.POLICY_VIOLATION, ErrorCode.NONE);
        assertThat(MetadataBed.detailOf(results.getFirst())).contains("3 more partitions", "limit of open files");
        assertThat(bed.image.topics().byName("large")).isNull();
    }

    @Test
    void minusOneTakesTheDefaults() {
        CreatedTopic created = bed.created(topic("orders", -1, -1));

        assertThat(created.partitions()).isEqualTo(MetadataBed.DEFAULTS.numPartitions());
        assertThat(created.replicationFactor()).isEqualTo(MetadataBed.DEFAULTS.defaultReplicationFactor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "ä", "a\u0000b", "__cluster_metadata"})
    void nameThatCannotBeAFolderIsRefused(String name) {
        assertThat(errorOf(bed.create(topic(name, 1, 1)).getFirst())).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
    }

    @Test
    void nameOf249CharactersIsTheLongest() {
        assertThat(errorOf(bed.create(topic("a".repeat(249), 1, 1)).getFirst())).isEqualTo(ErrorCode.NONE);
        assertThat(errorOf(bed.create(topic("a".repeat(250), 1, 1)).getFirst()))
                .isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
    }

    @Test
    void nameThatDiffersInDotsAndUnderscoresOnlyCollides() {
        bed.created(topic("a.b", 1, 1));

        TopicCreation result = bed.create(topic("a_b", 1, 1)).getFirst();

        assertThat(errorOf(result)).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
        assertThat(MetadataBed.detailOf(result)).contains("a.b").contains("a_b");
    }

    @Test
    void namesOfOneRequestCollideToo() {
        assertThat(bed.create(topic("a.b", 1, 1), topic("a_b", 1, 1)))
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.NONE, ErrorCode.INVALID_TOPIC_EXCEPTION);
    }

    @Test
    void existingTopicIsNotCreatedAgain() {
        bed.created(topic("orders", 1, 1));

        assertThat(errorOf(bed.create(topic("orders", 1, 1)).getFirst())).isEqualTo(ErrorCode.TOPIC_ALREADY_EXISTS);
    }

    @Test
    void nameGivenTwiceIsAnsweredOnceAndNotCreated() {
        List<TopicCreation> results = bed.create(topic("twice", 1, 1), topic("once", 1, 1), topic("twice", 2, 1));

        assertThat(results).extracting(TopicCreation::name).containsExactly("twice", "once");
        assertThat(results).extracting(MetadataBed::errorOf).containsExactly(ErrorCode.INVALID_REQUEST, ErrorCode.NONE);
        assertThat(bed.image.topics().byName("twice")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MIN_VALUE})
    void countOfPartitionsThatIsNoneIsRefused(int partitions) {
        assertThat(errorOf(bed.create(topic("orders", partitions, 1)).getFirst()))
                .isEqualTo(ErrorCode.INVALID_PARTITIONS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, 2})
    void replicationFactorWithoutAsManyBrokersIsRefused(int replicationFactor) {
        assertThat(errorOf(bed.create(topic("orders", 1, replicationFactor)).getFirst()))
                .isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR);
    }

    @Test
    void fencedBrokerCountsForNoReplica() {
        MetadataBed two = MetadataBed.withBrokers(1, 2);
        two.fence(2);

        assertThat(errorOf(two.create(topic("orders", 1, 2)).getFirst()))
                .isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR);
        assertThat(two.created(topic("orders", 4, 1)).partitions()).isEqualTo(4);
        assertThat(two.topic("orders").partitions()).allMatch(partition -> partition.leader() == 1);
    }

    @Test
    void assignmentsAndCountsExcludeEachOther() {
        List<Assignment> assignments = List.of(new Assignment(0, List.of(1)));

        assertThat(bed.create(
                        new NewTopic("a", 1, -1, assignments, List.of()),
                        new NewTopic("b", -1, 1, assignments, List.of()),
                        new NewTopic("c", -1, -1, assignments, List.of())))
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST, ErrorCode.NONE);
    }

    @Test
    void assignmentsThatMakeNoTopicAreRefused() {
        MetadataBed two = MetadataBed.withBrokers(1, 2);

        assertThat(two.create(
                        assigned("gap", new Assignment(0, List.of(1)), new Assignment(2, List.of(1))),
                        assigned("twice", new Assignment(0, List.of(1)), new Assignment(0, List.of(1))),
                        assigned("offset", new Assignment(1, List.of(1))),
                        assigned("none", new Assignment(0, List.of())),
                        assigned("same", new Assignment(0, List.of(1, 1))),
                        assigned("uneven", new Assignment(0, List.of(1, 2)), new Assignment(1, List.of(1))),
                        assigned("unknown", new Assignment(0, List.of(3)))))
                .extracting(MetadataBed::errorOf)
                .containsOnly(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    }

    @Test
    void assignmentsMayComeInAnyOrder() {
        MetadataBed two = MetadataBed.withBrokers(1, 2);

        two.created(assigned("orders", new Assignment(1, List.of(2, 1)), new Assignment(0, List.of(1, 2))));

        assertThat(two.topic("orders").partitions())
                .containsExactly(
                        new PartitionImage(0, 1, 0, 0, List.of(1, 2), List.of(1, 2)),
                        new PartitionImage(1, 2, 0, 0, List.of(2, 1), List.of(2, 1)));
    }

    @Test
    void assignmentToFencedBrokersOnlyIsRefusedAndAFencedOneAmongOthersIsNotInSync() {
        MetadataBed two = MetadataBed.withBrokers(1, 2);
        two.fence(2);

        assertThat(two.create(
                        assigned("fenced", new Assignment(0, List.of(2))),
                        assigned("half", new Assignment(0, List.of(2, 1)))))
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.INVALID_REPLICA_ASSIGNMENT, ErrorCode.NONE);
        assertThat(two.topic("half").partitions())
                .containsExactly(new PartitionImage(0, 1, 0, 0, List.of(2, 1), List.of(1)));
    }

    @Test
    void configThatIsNoneIsRefusedWithWhatIsExpected() {
        List<TopicCreation> results = bed.create(
                configured("null", "retention.ms", null),
                configured("bad", "retention.ms", "soon"),
                configured("unknown", "retension.ms", "1"),
                configured("small", "segment.bytes", "14"));

        assertThat(results).extracting(MetadataBed::errorOf).containsOnly(ErrorCode.INVALID_CONFIG);
        assertThat(MetadataBed.detailOf(results.get(1))).contains("soon").contains("at least -1");
        assertThat(MetadataBed.detailOf(results.get(2))).contains("retention.ms");
    }

    @Test
    void configNameGivenTwiceIsRefused() {
        NewTopic topic = new NewTopic(
                "orders",
                1,
                1,
                List.of(),
                List.of(new ConfigValue("retention.ms", "1"), new ConfigValue("retention.ms", "2")));

        assertThat(errorOf(bed.create(topic).getFirst())).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void oneRequestMakesAtMostTenThousandPartitions() {
        assertThat(bed.create(topic("a", 9_999, 1), topic("b", 2, 1)))
                .extracting(MetadataBed::errorOf)
                .containsOnly(ErrorCode.POLICY_VIOLATION);
        assertThat(errorOf(bed.create(topic("c", Integer.MAX_VALUE, 1)).getFirst()))
                .isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(errorOf(bed.create(topic("d", 10_000, 1)).getFirst())).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void oneRefusedTopicLeavesTheOthersAlone() {
        assertThat(bed.create(topic("a", 0, 1), topic("b", 1, 1)))
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.INVALID_PARTITIONS, ErrorCode.NONE);
        assertThat(bed.image.topics().byName("b")).isNotNull();
        assertThat(bed.image.topics().size()).isEqualTo(1);
    }

    @Test
    void validationDecidesEverythingAndWritesNothing() {
        int written = bed.history.size();

        TopicsCreated reply =
                (TopicsCreated) bed.run(new CreateTopics(List.of(topic("a", 2, 1), topic("b", 0, 1)), true));

        assertThat(reply.results())
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.NONE, ErrorCode.INVALID_PARTITIONS);
        assertThat(reply.results().getFirst().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.value())
                                .isEqualTo(new CreatedTopic(Uuid.ZERO, 2, 1, new java.util.TreeMap<>())));
        assertThat(bed.history).hasSize(written);
    }

    @Test
    void autoCreationUsesTheDefaultsAndLeavesInternalNamesToTheBrokers() {
        TopicsCreated reply = (TopicsCreated)
                bed.run(new AutoCreateTopics(List.of("orders", "__consumer_offsets", "bad name", "orders")));

        assertThat(reply.results())
                .extracting(TopicCreation::name)
                .containsExactly("orders", "__consumer_offsets", "bad name");
        assertThat(reply.results())
                .extracting(MetadataBed::errorOf)
                .containsExactly(
                        ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.INVALID_TOPIC_EXCEPTION);
        assertThat(bed.topic("orders").partitionCount()).isEqualTo(3);
    }

    @Test
    void autoCreationCanBeSwitchedOff() {
        MetadataBed strict = new MetadataBed(new CreationConfig(1, 1, false, true));
        strict.start(1, null);

        TopicsCreated reply = (TopicsCreated) strict.run(new AutoCreateTopics(List.of("orders")));

        assertThat(reply.results())
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(strict.image.topics().size()).isZero();
    }

    @Test
    void autoCreationWithTooFewBrokersIsRefused() {
        MetadataBed three = new MetadataBed(new CreationConfig(1, 3, true, true));
        three.start(1, null);

        TopicsCreated reply = (TopicsCreated) three.run(new AutoCreateTopics(List.of("orders")));

        assertThat(reply.results())
                .extracting(MetadataBed::errorOf)
                .containsExactly(ErrorCode.INVALID_REPLICATION_FACTOR);
    }
}
