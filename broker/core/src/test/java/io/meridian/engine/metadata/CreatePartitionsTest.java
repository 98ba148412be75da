package io.meridian.engine.metadata;

import static io.meridian.engine.metadata.MetadataBed.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.metadata.ControllerCommand.CreatePartitions;
import io.meridian.engine.metadata.ControllerCommand.MorePartitions;
import io.meridian.engine.metadata.ControllerReply.PartitionCreation;
import io.meridian.engine.metadata.ControllerReply.PartitionsCreated;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CreatePartitionsTest {
    private final MetadataBed bed = MetadataBed.withBrokers(1, 2, 3);

    CreatePartitionsTest() {
        bed.created(topic("a", 2, 2));
    }

    @Test
    void newPartitionsFollowTheOldOnesWithAsManyReplicas() {
        List<PartitionImage> before = List.copyOf(bed.topic("a").partitions());

        assertThat(error(more("a", 5))).isEqualTo(ErrorCode.NONE);

        assertThat(bed.topic("a").partitions()).hasSize(5).startsWith(before.toArray(PartitionImage[]::new));
        assertThat(bed.topic("a").partitions().subList(2, 5)).allSatisfy(partition -> {
            assertThat(partition.replicas()).hasSize(2).doesNotHaveDuplicates();
            assertThat(partition.isr()).isEqualTo(partition.replicas());
            assertThat(partition.leader()).isEqualTo(partition.replicas().getFirst());
        });
        assertThat(bed.delta().changedPartitions(bed.topic("a").topicId()))
                .extracting(PartitionImage::partition)
                .containsExactly(2, 3, 4);
    }

    @Test
    void partitionsThatFindNoFilesAreRefused() {
        bed.filesForPartitions = 2;

        assertThat(error(more("a", 5))).isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(bed.topic("a").partitions()).hasSize(2);
        assertThat(error(more("a", 4))).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void replicasGoWhereTheyAreAssigned() {
        assertThat(error(assigned("a", 4, List.of(List.of(3, 1), List.of(2, 3)))))
                .isEqualTo(ErrorCode.NONE);

        assertThat(bed.topic("a").partitions().subList(2, 4))
                .extracting(PartitionImage::replicas)
                .containsExactly(List.of(3, 1), List.of(2, 3));
    }

    @Test
    void assignmentsThatDoNotFitAreRefused() {
        for (List<List<Integer>> assignments : List.<List<List<Integer>>>of(
                List.of(),
                List.of(List.of(1, 2), List.of(2, 3)),
                List.of(List.of()),
                List.of(List.of(1)),
                List.of(List.of(1, 1)),
                List.of(List.of(1, 77)))) {
            assertThat(error(assigned("a", 3, assignments)))
                    .as("%s", assignments)
                    .isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
        }
        assertThat(bed.topic("a").partitionCount()).isEqualTo(2);
    }

    @Test
    void numberThatIsNoIncreaseIsRefused() {
        for (int count : new int[] {2, 1, 0, -1, Integer.MIN_VALUE}) {
            assertThat(error(more("a", count))).as("%d", count).isEqualTo(ErrorCode.INVALID_PARTITIONS);
        }
    }

    @Test
    void numberThatIsTooLargeIsRefused() {
        assertThat(error(more("a", Integer.MAX_VALUE))).isEqualTo(ErrorCode.POLICY_VIOLATION);
        bed.created(topic("b", 1, 1));
        assertThat(run(false, more("a", 6_002), more("b", 6_001)))
                .extracting(CreatePartitionsTest::errorOf)
                .containsOnly(ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void unknownAndInternalTopicsKeepTheirNumber() {
        bed.created(topic("__consumer_offsets", 1, 1));

        assertThat(run(false, more("none", 3), more("no/where", 3), more("__consumer_offsets", 3), more("a", 3)))
                .extracting(CreatePartitionsTest::errorOf)
                .containsExactly(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.NONE);
    }

    @Test
    void topicNamedTwiceStaysAsItIs() {
        assertThat(run(false, more("a", 3), more("a", 4)))
                .extracting(CreatePartitionsTest::errorOf)
                .containsExactly(ErrorCode.INVALID_REQUEST);
        assertThat(bed.topic("a").partitionCount()).isEqualTo(2);
    }

    @Test
    void tooFewBrokersForTheReplicasAreSaid() {
        bed.fence(2);
        bed.fence(3);

        assertThat(error(more("a", 3))).isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR);
    }

    @Test
    void whatIsOnlyValidatedIsNotWritten() {
        assertThat(run(true, more("a", 9)))
                .extracting(CreatePartitionsTest::errorOf)
                .containsExactly(ErrorCode.NONE);
        assertThat(bed.topic("a").partitionCount()).isEqualTo(2);
    }

    private ErrorCode error(MorePartitions topic) {
        return errorOf(run(false, topic).getFirst());
    }

    private static ErrorCode errorOf(PartitionCreation creation) {
        return creation.outcome() instanceof Outcome.Rejected<Integer>(ErrorCode error, String _)
                ? error
                : ErrorCode.NONE;
    }

    private List<PartitionCreation> run(boolean validateOnly, MorePartitions... topics) {
        return ((PartitionsCreated) bed.run(new CreatePartitions(List.of(topics), validateOnly))).results();
    }

    private static MorePartitions more(String name, int partitions) {
        return assigned(name, partitions, null);
    }

    private static MorePartitions assigned(String name, int partitions, @Nullable List<List<Integer>> assignments) {
        return new MorePartitions(name, partitions, assignments);
    }
}
