package io.meridian.engine.metadata;

import static io.meridian.engine.metadata.MetadataBed.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.metadata.ControllerReply.Registration;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StartBrokerTest {
    @Test
    void firstStartNamesTheClusterAndFinalizesTheFeatures() {
        MetadataBed bed = new MetadataBed(MetadataBed.DEFAULTS);

        Registration registration = registration(bed.start(1, null).outcome());

        assertThat(registration.clusterId()).isEqualTo("cluster");
        assertThat(bed.image.clusterId()).isEqualTo("cluster");
        assertThat(bed.image.features().level(FeatureLevels.METADATA)).isEqualTo(1);
        assertThat(bed.image.features().level(FeatureLevels.TRANSACTION)).isZero();
        assertThat(Objects.requireNonNull(bed.image.brokers().broker(1)).brokerEpoch())
                .isEqualTo(registration.brokerEpoch());
    }

    @Test
    void everyStartBeginsANewReignInWhatTheBrokerLeads() {
        MetadataBed bed = MetadataBed.withBrokers(1);
        bed.created(topic("orders", 3, 1));
        long firstEpoch = Objects.requireNonNull(bed.image.brokers().broker(1)).brokerEpoch();

        Registration registration = registration(bed.start(1, null).outcome());

        assertThat(registration.partitionsLed()).isEqualTo(3);
        assertThat(registration.brokerEpoch()).isGreaterThan(firstEpoch);
        assertThat(bed.topic("orders").partitions())
                .allMatch(partition -> partition.leaderEpoch() == 1 && partition.partitionEpoch() == 1)
                .allMatch(partition -> partition.leader() == 1);
        assertThat(bed.history)
                .filteredOn(record -> record instanceof MetadataRecord.Cluster)
                .hasSize(1);
    }

    @Test
    void reignsOfOthersGoOn() {
        MetadataBed bed = MetadataBed.withBrokers(1, 2);
        bed.created(topic("orders", 4, 2));

        bed.start(2, null);

        assertThat(bed.topic("orders").partitions())
                .allMatch(partition -> partition.leaderEpoch() == (partition.leader() == 2 ? 1 : 0));
    }

    @Test
    void partitionWithoutLeaderIsLedByTheMemberOfItsIsrThatStarts() {
        MetadataBed bed = MetadataBed.withBrokers(1);
        bed.created(topic("orders", 1, 1));
        bed.apply(List.of(new MetadataRecord.PartitionChange(
                bed.topic("orders").topicId(), 0, PartitionImage.NO_LEADER, 1, null, null)));

        bed.start(1, null);

        assertThat(bed.topic("orders").partitions())
                .containsExactly(new PartitionImage(0, 1, 2, 2, List.of(1), List.of(1)));
    }

    @Test
    void brokerEpochsRiseEvenIfOffsetsBeganAnew() {
        MetadataBed bed = MetadataBed.withBrokers(1);
        bed.created(topic("orders", 5, 1));
        long before = registration(bed.start(1, null).outcome()).brokerEpoch();
        bed.image = bed.image.withMetadataOffset(0);

        assertThat(registration(bed.start(2, null).outcome()).brokerEpoch()).isGreaterThan(before);
    }

    @Test
    void metadataOfANewerFormatIsNotWorkedWith() {
        MetadataBed bed = new MetadataBed(MetadataBed.DEFAULTS);
        bed.apply(List.of(new MetadataRecord.FeatureLevel(FeatureLevels.METADATA, 2)));

        Outcome<Registration> outcome = bed.start(1, null).outcome();

        assertThat(outcome)
                .isEqualTo(Outcome.<Registration>rejected(
                        ErrorCode.UNSUPPORTED_VERSION,
                        "metadata written by a newer format: meridian.metadata.version is 2, known up to 1"));
        assertThat(bed.image.brokers().size()).isZero();
    }

    @Test
    void startOverFiveThousandPartitionsTakesLessThanFortyBytesEach() {
        MetadataBed bed = MetadataBed.withBrokers(1);
        for (int topic = 0; topic < 500; topic++) {
            bed.created(topic("topic-" + topic, 10, 1));
        }
        int before = bed.history.size();

        bed.start(1, null);

        List<MetadataRecord> batch = new ArrayList<>(bed.history.subList(before, bed.history.size()));
        long bytes = batch.stream()
                .mapToLong(record -> MetadataRecordCodec.encode(record).remaining() + recordOverhead())
                .sum();
        assertThat(batch).hasSize(5001);
        assertThat(bytes / 5000).isLessThan(40L);
    }

    /// What a record costs around its value in a batch of the log: length, attributes, timestamp delta, offset delta
    /// of two bytes, length of a missing key, length of the value, count of headers.
    private static int recordOverhead() {
        return 1 + 1 + 1 + 2 + 1 + 1 + 1;
    }

    private static Registration registration(Outcome<Registration> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<Registration>(Registration registration) -> registration;
            case Outcome.Rejected<Registration> rejected -> throw new AssertionError(rejected);
        };
    }
}
