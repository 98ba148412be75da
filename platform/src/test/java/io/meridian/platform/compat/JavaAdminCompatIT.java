package io.meridian.platform.compat;

import static io.meridian.platform.testing.Clients.answer;
import static io.meridian.platform.testing.Clients.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class JavaAdminCompatIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private final Broker broker;

    JavaAdminCompatIT(Broker broker) {
        this.broker = broker;
    }

    @Test
    void aCreatedTopicIsListedAndDescribed() throws Exception {
        String topic = Clients.createTopic(broker, "admin", 3);

        try (Admin admin = Admin.create(broker.client())) {
            assertThat(answer(admin.listTopics().names())).contains(topic);
            TopicDescription description =
                    only(answer(admin.describeTopics(List.of(topic)).allTopicNames()));
            assertThat(description.partitions()).hasSize(3).allSatisfy(partition -> {
                assertThat(partition.leader()).isNotNull();
                assertThat(partition.isr()).hasSize(1);
                assertThat(partition.replicas()).hasSize(1);
            });
            assertThat(description.isInternal()).isFalse();
            assertThat(answer(admin.describeTopics(TopicCollection.ofTopicIds(List.of(description.topicId())))
                            .allTopicIds()))
                    .containsKey(description.topicId());
        }
    }

    @Test
    void aTopicsIdAndConfigComeBackFromItsCreation() throws Exception {
        String topic = broker.freshTopic("created");

        try (Admin admin = Admin.create(broker.client())) {
            var result = admin.createTopics(List.of(
                    new NewTopic(topic, 2, (short) 1).configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "3600000"))));
            answer(result.all());

            assertThat(answer(result.topicId(topic)).toString()).isNotEqualTo("AAAAAAAAAAAAAAAAAAAAAA");
            assertThat(answer(result.numPartitions(topic))).isEqualTo(2);
            assertThat(answer(result.config(topic))
                            .get(TopicConfig.RETENTION_MS_CONFIG)
                            .value())
                    .isEqualTo("3600000");
        }
    }

    @Test
    void aDeletedTopicIsGoneAndItsNameCanBeUsedAgain() throws Exception {
        String topic = Clients.createTopic(broker, "deleted", 1);
        Clients.produce(broker, topic, 0, List.of("old"));

        try (Admin admin = Admin.create(broker.client())) {
            answer(admin.deleteTopics(List.of(topic)).all());
            await().atMost(LIMIT)
                    .until(() -> !answer(admin.listTopics().names()).contains(topic));
            answer(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all());
        }
        Clients.produce(broker, topic, 0, List.of("new"));

        assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly("new");
    }

    @Test
    void topicsThatCannotBeAreRefusedEachForItsReason() throws Exception {
        String existing = Clients.createTopic(broker, "existing", 1);

        assertRefused(new NewTopic(existing, 1, (short) 1), TopicExistsException.class);
        assertRefused(new NewTopic("not a name", 1, (short) 1), InvalidTopicException.class);
        assertRefused(new NewTopic(broker.freshTopic("x"), 0, (short) 1), InvalidPartitionsException.class);
        assertRefused(new NewTopic(broker.freshTopic("x"), 1, (short) 9), InvalidReplicationFactorException.class);
        assertRefused(
                new NewTopic(broker.freshTopic("x"), 1, (short) 1).configs(Map.of("retention.mss", "1")),
                InvalidConfigurationException.class);
        assertRefused(
                new NewTopic(broker.freshTopic("x"), 1, (short) 1).configs(Map.of("retention.ms", "soon")),
                InvalidConfigurationException.class);
    }

    private void assertRefused(NewTopic topic, Class<? extends Exception> reason) {
        try (Admin admin = Admin.create(broker.client())) {
            assertThatThrownBy(() -> answer(admin.createTopics(List.of(topic)).all()))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(reason);
        }
    }

    @Test
    void aTopicThatIsOnlyValidatedIsNotCreated() throws Exception {
        String topic = broker.freshTopic("validated");

        try (Admin admin = Admin.create(broker.client())) {
            answer(admin.createTopics(
                            List.of(new NewTopic(topic, 1, (short) 1)), new CreateTopicsOptions().validateOnly(true))
                    .all());

            assertThat(answer(admin.listTopics().names())).doesNotContain(topic);
        }
    }

    @Test
    void describingOrDeletingATopicThatIsNotThereSaysSo() {
        try (Admin admin = Admin.create(broker.client())) {
            assertThatThrownBy(() ->
                            answer(admin.describeTopics(List.of("not-there")).allTopicNames()))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThatThrownBy(() ->
                            answer(admin.deleteTopics(List.of("not-there")).all()))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void offsetsAreListedByEndAndByTime() throws Exception {
        String topic = Clients.createTopic(broker, "offsets", 1);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Producer<String, String> producer = Clients.producer(broker)) {
            for (long timestamp : List.of(1_000L, 5_000L, 3_000L, 4_000L)) {
                answer(producer.send(new ProducerRecord<>(topic, 0, timestamp, null, "at " + timestamp)));
            }
        }

        try (Admin admin = Admin.create(broker.client())) {
            assertThat(offset(admin, partition, OffsetSpec.earliest()).offset()).isZero();
            assertThat(offset(admin, partition, OffsetSpec.latest()).offset()).isEqualTo(4);
            assertThat(offset(admin, partition, OffsetSpec.forTimestamp(2_000)).offset())
                    .isEqualTo(1);
            assertThat(offset(admin, partition, OffsetSpec.forTimestamp(2_000)).timestamp())
                    .isEqualTo(5_000);
            assertThat(offset(admin, partition, OffsetSpec.forTimestamp(9_000)).offset())
                    .isEqualTo(-1);
            assertThat(offset(admin, partition, OffsetSpec.maxTimestamp()).offset())
                    .isEqualTo(1);
        }
    }

    private static ListOffsetsResultInfo offset(Admin admin, TopicPartition partition, OffsetSpec spec)
            throws Exception {
        return answer(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition));
    }

    @Test
    void theConfigOfATopicSaysWhereEachValueComesFrom() throws Exception {
        String topic = broker.freshTopic("config");
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);

        try (Admin admin = Admin.create(broker.client())) {
            answer(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                            .configs(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, "1048576"))))
                    .all());
            Config config = await().atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(
                            () -> only(answer(
                                    admin.describeConfigs(List.of(resource)).all())),
                            _ -> true);

            assertThat(config.get(TopicConfig.SEGMENT_BYTES_CONFIG).value()).isEqualTo("1048576");
            assertThat(config.get(TopicConfig.SEGMENT_BYTES_CONFIG).source())
                    .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
            assertThat(config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value()).isEqualTo("delete");
            assertThat(config.get(TopicConfig.CLEANUP_POLICY_CONFIG).isDefault())
                    .isTrue();
        }
    }

    @Test
    void theClusterNamesItselfItsControllerAndItsOnlyNode() throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            DescribeClusterResult cluster = admin.describeCluster();

            assertThat(answer(cluster.clusterId())).isNotBlank();
            assertThat(answer(cluster.nodes())).extracting(Node::port).containsExactly(broker.port());
            Node controller = answer(cluster.controller());
            assertThat(controller).isNotNull();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, controller.idString());
            assertThat(only(answer(admin.describeConfigs(List.of(resource)).all()))
                            .entries())
                    .isNotEmpty();
        }
    }

    @Test
    void hundredsOfTopicsAreCreatedListedAndDeletedInOneRequestEach() throws Exception {
        String prefix = broker.freshTopic("many");
        List<String> names =
                IntStream.range(0, 200).mapToObj(i -> prefix + "." + i).toList();

        try (Admin admin = Admin.create(broker.client())) {
            answer(admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all());
            assertThat(answer(admin.describeTopics(names).allTopicNames())).hasSize(200);
            answer(admin.deleteTopics(names).all());
            await().atMost(LIMIT)
                    .until(() ->
                            answer(admin.listTopics().names()).stream().noneMatch(name -> name.startsWith(prefix)));
        }
    }
}
