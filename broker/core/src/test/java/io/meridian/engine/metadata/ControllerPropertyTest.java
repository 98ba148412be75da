package io.meridian.engine.metadata;

import static io.meridian.engine.metadata.MetadataBed.byId;
import static io.meridian.engine.metadata.MetadataBed.byName;
import static io.meridian.engine.metadata.MetadataBed.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.AllocateProducerIds;
import io.meridian.engine.metadata.ControllerCommand.AutoCreateTopics;
import io.meridian.engine.metadata.ControllerCommand.ConfigValue;
import io.meridian.engine.metadata.ControllerCommand.CreateTopics;
import io.meridian.engine.metadata.ControllerCommand.DeleteTopics;
import io.meridian.engine.metadata.ControllerCommand.NewTopic;
import io.meridian.engine.metadata.ControllerCommand.StartBroker;
import io.meridian.engine.metadata.ControllerCommand.TopicReference;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControllerPropertyTest {
    private static final int SEEDS = 60;
    private static final int COMMANDS = 150;

    @Test
    void everySequenceOfCommandsKeepsTheInvariants() {
        int partitionsOfLaterReigns = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SeededRandom random = new SeededRandom(seed);
            MetadataBed bed = new MetadataBed(MetadataBed.DEFAULTS);
            Set<Uuid> idsEver = new HashSet<>();
            for (int step = 0; step < COMMANDS; step++) {
                MetadataImage before = bed.image;
                bed.run(command(random, before));
                checkImage(bed.image, "seed " + seed + " step " + step);
                checkProgress(before, bed.image, idsEver, "seed " + seed + " step " + step);
            }
            checkReplay(bed, random, "seed " + seed);
            checkSnapshot(bed.image, "seed " + seed);
            partitionsOfLaterReigns += laterReigns(bed.image);
        }
        assertThat(partitionsOfLaterReigns).isGreaterThan(SEEDS);
    }

    @Test
    void sameArgumentsGiveTheSameDecision() {
        SeededRandom random = new SeededRandom(11);
        MetadataBed bed = MetadataBed.withBrokers(1, 2, 3);
        Controller controller = new Controller(MetadataBed.DEFAULTS, SettingValues.DEFAULTS, FileRoom.ENDLESS);
        for (int step = 0; step < 200; step++) {
            ControllerCommand command = command(random, bed.image);
            Decision first = controller.decide(bed.image, command, new Now(1, 1), new SeededRandom(step));
            Decision second = controller.decide(bed.image, command, new Now(1, 1), new SeededRandom(step));

            assertThat(second).isEqualTo(first);
            bed.apply(first.records());
        }
    }

    @Test
    void applyIsTotalWhateverTheRecords() {
        SeededRandom random = new SeededRandom(5);
        for (int round = 0; round < 300; round++) {
            MetadataBed bed = MetadataBed.withBrokers(1, 2);
            bed.create(topic("a", 3, 2), topic("b", 1, 1));
            List<MetadataRecord> records = new ArrayList<>();
            for (int left = 20; left > 0; left--) {
                records.add(RandomRecords.next(random));
            }

            MetadataImage after = Controller.apply(bed.image, records, 100).after();

            assertThat(after.metadataOffset()).isEqualTo(100);
            assertThat(after.topics().byName("a")).isSameAs(bed.image.topics().byName("a"));
        }
    }

    @Test
    void changingOneTopicLeavesTheOthersSharedAndItsOtherPartitions() {
        MetadataBed bed = MetadataBed.withBrokers(1);
        for (int i = 0; i < 2_000; i++) {
            bed.created(topic("t" + i, 2, 1));
        }
        MetadataImage before = bed.image;

        bed.apply(List.of(new MetadataRecord.PartitionChange(bed.topic("t7").topicId(), 1, 1, 1, null, null)));

        for (TopicImage topic : before.topics().inNameOrder()) {
            if (!topic.name().equals("t7")) {
                assertThat(bed.image.topics().byName(topic.name())).isSameAs(topic);
            }
        }
        assertThat(bed.topic("t7").partition(0))
                .isSameAs(present(before.topics().byName("t7")).partition(0));
        assertThat(bed.delta().changedTopics()).containsExactly(bed.topic("t7").topicId());
        assertThat(bed.delta().changedPartitions(bed.topic("t7").topicId()))
                .containsExactly(new PartitionImage(1, 1, 1, 1, List.of(1), List.of(1)));
    }

    private static int laterReigns(MetadataImage image) {
        int count = 0;
        for (TopicImage topic : image.topics().inNameOrder()) {
            count += (int) topic.partitions().stream()
                    .filter(partition -> partition.leaderEpoch() > 0)
                    .count();
        }
        return count;
    }

    private static ControllerCommand command(SeededRandom random, MetadataImage image) {
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                new StartBroker(
                        1 + random.nextInt(4),
                        random.nextUuid(),
                        "host",
                        9092,
                        random.nextBoolean() ? "rack" + random.nextInt(2) : null,
                        "cluster");
            case 2, 3, 4 ->
                new CreateTopics(List.of(newTopic(random), newTopic(random), newTopic(random)), random.chance(20));
            case 5 -> new AutoCreateTopics(List.of(name(random), name(random)));
            case 6, 7 -> new DeleteTopics(List.of(reference(random, image), reference(random, image)));
            default -> {
                BrokerImage broker = image.brokers().broker(1 + random.nextInt(4));
                yield new AllocateProducerIds(
                        broker == null ? 9 : broker.brokerId(),
                        broker == null || random.chance(10) ? 0 : broker.brokerEpoch(),
                        1 + random.nextInt(1000));
            }
        };
    }

    private static NewTopic newTopic(SeededRandom random) {
        return new NewTopic(
                name(random),
                random.nextInt(7) - 2,
                random.nextInt(6) - 2,
                List.of(),
                random.chance(30)
                        ? List.of(new ConfigValue("retention.ms", random.chance(80) ? "7" : "x"))
                        : List.of());
    }

    private static String name(SeededRandom random) {
        return "t" + ".__".charAt(random.nextInt(3)) + random.nextInt(6);
    }

    private static TopicReference reference(SeededRandom random, MetadataImage image) {
        TopicImage topic = image.topics().byName(name(random));
        return topic == null || random.nextBoolean() ? byName(name(random)) : byId(topic.topicId());
    }

    private static void checkImage(MetadataImage image, String where) {
        Set<String> collisionKeys = new HashSet<>();
        Set<Uuid> ids = new HashSet<>();
        int partitions = 0;
        for (TopicImage topic : image.topics().inNameOrder()) {
            assertThat(collisionKeys.add(topic.name().replace('.', '_')))
                    .as(where)
                    .isTrue();
            assertThat(ids.add(topic.topicId())).as(where).isTrue();
            assertThat(image.topics().byId(topic.topicId())).as(where).isSameAs(topic);
            assertThat(topic.partitions()).as(where).isNotEmpty();
            for (PartitionImage partition : topic.partitions()) {
                assertThat(partition.isr()).as(where).contains(partition.leader());
                assertThat(partition.replicas())
                        .as(where)
                        .containsAll(partition.isr())
                        .doesNotHaveDuplicates();
                assertThat(topic.partition(partition.partition())).as(where).isSameAs(partition);
                partitions++;
            }
        }
        assertThat(image.topics().partitionCount()).as(where).isEqualTo(partitions);
        image.configs()
                .byResource()
                .keySet()
                .forEach(resource -> assertThat(image.topics().byName(resource.name()))
                        .as(where)
                        .isNotNull());
    }

    private static void checkProgress(MetadataImage before, MetadataImage after, Set<Uuid> idsEver, String where) {
        assertThat(after.metadataOffset()).as(where).isGreaterThanOrEqualTo(before.metadataOffset());
        assertThat(after.nextProducerId()).as(where).isGreaterThanOrEqualTo(before.nextProducerId());
        for (BrokerImage broker : before.brokers().inIdOrder()) {
            assertThat(present(after.brokers().broker(broker.brokerId())).brokerEpoch())
                    .as(where)
                    .isGreaterThanOrEqualTo(broker.brokerEpoch());
        }
        for (TopicImage topic : after.topics().inNameOrder()) {
            TopicImage earlier = before.topics().byId(topic.topicId());
            if (earlier == null) {
                assertThat(idsEver.add(topic.topicId())).as(where).isTrue();
                continue;
            }
            assertThat(topic.partitionCount()).as(where).isGreaterThanOrEqualTo(earlier.partitionCount());
            for (PartitionImage partition : earlier.partitions()) {
                PartitionImage now = present(topic.partition(partition.partition()));
                assertThat(now.leaderEpoch()).as(where).isGreaterThanOrEqualTo(partition.leaderEpoch());
                assertThat(now.partitionEpoch()).as(where).isGreaterThanOrEqualTo(partition.partitionEpoch());
                assertThat(now.equals(partition))
                        .as(where)
                        .isEqualTo(now.partitionEpoch() == partition.partitionEpoch());
            }
        }
    }

    /// The records, cut into other batches and sent through their bytes, make an equal image.
    private static void checkReplay(MetadataBed bed, SeededRandom random, String where) {
        MetadataImage replayed = MetadataImage.EMPTY;
        int from = 0;
        while (from < bed.history.size()) {
            int to = Math.min(bed.history.size(), from + 1 + random.nextInt(20));
            List<MetadataRecord> batch = bed.history.subList(from, to).stream()
                    .map(ControllerPropertyTest::throughBytes)
                    .toList();
            replayed = Controller.apply(replayed, batch, to - 1).after();
            from = to;
        }
        assertThat(replayed).as(where).isEqualTo(bed.image);
    }

    private static void checkSnapshot(MetadataImage image, String where) {
        List<MetadataRecord> records = ImageRecords.of(image).stream()
                .map(ControllerPropertyTest::throughBytes)
                .toList();
        MetadataImage rebuilt = Controller.apply(MetadataImage.EMPTY, records, image.metadataOffset())
                .after();
        assertThat(rebuilt).as(where).isEqualTo(image);
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static MetadataRecord throughBytes(MetadataRecord record) {
        return switch (MetadataRecordCodec.decode(MetadataRecordCodec.encode(record))) {
            case MetadataRecordCodec.Decoded.Value(MetadataRecord decoded) -> decoded;
            case MetadataRecordCodec.Decoded.Newer newer -> throw new AssertionError(newer);
            case MetadataRecordCodec.Decoded.Damaged damaged -> throw new AssertionError(damaged);
        };
    }
}
