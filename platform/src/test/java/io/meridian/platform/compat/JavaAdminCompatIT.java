package io.meridian.platform.compat;

import static io.meridian.platform.testing.Clients.answer;
import static io.meridian.platform.testing.Clients.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
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

    @Test
    void aTopicTakesWritesOnEveryPartitionAsSoonAsItsCreationIsAnswered() throws Exception {
        try (Admin admin = Admin.create(broker.client());
                Producer<String, String> producer = Clients.producer(broker, "retries", 0)) {
            for (int round = 0; round < 10; round++) {
                String topic = broker.freshTopic("serving");
                answer(admin.createTopics(List.of(new NewTopic(topic, 8, (short) 1)))
                        .all());
                for (int partition = 0; partition < 8; partition++) {
                    assertThat(answer(producer.send(new ProducerRecord<>(topic, partition, null, "first")))
                                    .offset())
                            .isZero();
                }
            }
        }
    }

    @Test
    void aTopicGetsMorePartitionsAndTheyTakeWrites() throws Exception {
        String topic = Clients.createTopic(broker, "growing", 2);

        try (Admin admin = Admin.create(broker.client())) {
            answer(admin.createPartitions(
                            Map.of(topic, NewPartitions.increaseTo(9)),
                            new CreatePartitionsOptions().validateOnly(true))
                    .all());
            assertThat(Clients.partitions(broker, topic)).isEqualTo(2);
            answer(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(5)))
                    .all());
        }
        Clients.produce(broker, topic, 4, List.of("in a new one"));

        assertThat(Clients.values(Clients.readAll(broker, topic, 4))).containsExactly("in a new one");
        assertPartitionsRefused(topic, NewPartitions.increaseTo(5), InvalidPartitionsException.class);
        assertPartitionsRefused(topic, NewPartitions.increaseTo(-1), InvalidPartitionsException.class);
        assertPartitionsRefused(
                topic, NewPartitions.increaseTo(6, List.of(List.of(77))), InvalidReplicaAssignmentException.class);
        assertPartitionsRefused("not-there", NewPartitions.increaseTo(3), UnknownTopicOrPartitionException.class);
    }

    private void assertPartitionsRefused(String topic, NewPartitions partitions, Class<? extends Exception> reason) {
        try (Admin admin = Admin.create(broker.client())) {
            assertThatThrownBy(() -> answer(
                            admin.createPartitions(Map.of(topic, partitions)).all()))
                    .hasCauseInstanceOf(reason);
        }
    }

    @Test
    void aTopicsConfigChangesWhileItIsWrittenTo() throws Exception {
        String topic = Clients.createTopic(broker, "altered", 1);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);

        alter(resource, set(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "100"));
        assertThatThrownBy(() -> Clients.produce(broker, topic, 0, List.of("x".repeat(500))))
                .hasCauseInstanceOf(RecordTooLargeException.class);
        alter(resource, new AlterConfigOp(new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, ""), OpType.DELETE));
        Clients.produce(broker, topic, 0, List.of("x".repeat(500)));

        alter(
                resource,
                new AlterConfigOp(new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact"), OpType.APPEND));
        assertThat(described(resource).get(TopicConfig.CLEANUP_POLICY_CONFIG).value())
                .isEqualTo("delete,compact");
        alter(
                resource,
                new AlterConfigOp(new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact"), OpType.SUBTRACT));
        assertThat(described(resource).get(TopicConfig.CLEANUP_POLICY_CONFIG).value())
                .isEqualTo("delete");
    }

    @Test
    void aBrokersValueCountsForItsTopicsUntilItIsDeleted() throws Exception {
        String topic = Clients.createTopic(broker, "inherits", 1);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        ConfigResource self = self();
        ConfigResource all = new ConfigResource(ConfigResource.Type.BROKER, "");
        String name = "log.message.timestamp.after.max.ms";
        String topicName = TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
        try {
            alter(all, set(name, "7200000"));
            assertThat(described(resource).get(topicName).source())
                    .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
            alter(self, set(name, "7300000"));

            ConfigEntry entry = described(resource).get(topicName);
            assertThat(entry.value()).isEqualTo("7300000");
            assertThat(entry.source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_BROKER_CONFIG);
            assertThat(entry.synonyms())
                    .extracting(ConfigEntry.ConfigSynonym::value)
                    .containsExactly("7300000", "7200000", "3600000");
            assertThat(described(all).entries()).extracting(ConfigEntry::name).contains(name);
            assertThat(described(self).get("node.id").isReadOnly()).isTrue();
        } finally {
            alter(self, new AlterConfigOp(new ConfigEntry(name, ""), OpType.DELETE));
            alter(all, new AlterConfigOp(new ConfigEntry(name, ""), OpType.DELETE));
        }
        assertThat(described(resource).get(topicName).isDefault()).isTrue();
    }

    @Test
    void configsThatCannotBeAreRefusedAsApacheKafkaRefusesThem() throws Exception {
        String topic = Clients.createTopic(broker, "refusing", 1);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);

        assertAlterationRefused(resource, InvalidConfigurationException.class, set("retention.ms", "soon"));
        assertAlterationRefused(resource, InvalidConfigurationException.class, set("retention.mss", "1"));
        assertAlterationRefused(
                resource, InvalidRequestException.class, set("retention.ms", "1"), set("retention.ms", "2"));
        assertAlterationRefused(
                resource,
                InvalidConfigurationException.class,
                new AlterConfigOp(new ConfigEntry("retention.ms", "1"), OpType.APPEND));
        assertAlterationRefused(self(), InvalidRequestException.class, set("node.id", "9"));
        assertAlterationRefused(self(), InvalidRequestException.class, set("message.max.bytes", "much"));
        assertAlterationRefused(
                new ConfigResource(ConfigResource.Type.TOPIC, "not-there"),
                UnknownTopicOrPartitionException.class,
                set("retention.ms", "1"));
        assertThat(described(resource).get("retention.ms").isDefault()).isTrue();
    }

    private void assertAlterationRefused(
            ConfigResource resource, Class<? extends Exception> reason, AlterConfigOp... operations) {
        assertThatThrownBy(() -> alter(resource, operations)).hasCauseInstanceOf(reason);
    }

    private void alter(ConfigResource resource, AlterConfigOp... operations) throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            answer(admin.incrementalAlterConfigs(Map.of(resource, List.of(operations)))
                    .all());
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), OpType.SET);
    }

    private Config described(ConfigResource resource) throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            return only(
                    answer(admin.describeConfigs(List.of(resource), new DescribeConfigsOptions().includeSynonyms(true))
                            .all()));
        }
    }

    private ConfigResource self() throws Exception {
        return new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(selfId()));
    }

    private int selfId() throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            return answer(admin.describeCluster().nodes()).iterator().next().id();
        }
    }

    @Test
    void sizesOfLogsAndTheSpaceOfTheVolumeAreTold() throws Exception {
        String topic = Clients.createTopic(broker, "measured", 2);
        Clients.produce(broker, topic, 1, List.of("some", "bytes"));

        try (Admin admin = Admin.create(broker.client())) {
            LogDirDescription directory =
                    only(only(answer(admin.describeLogDirs(List.of(selfId())).allDescriptions())));

            assertThat(directory.error()).isNull();
            assertThat(directory.totalBytes().getAsLong())
                    .isGreaterThanOrEqualTo(directory.usableBytes().getAsLong());
            assertThat(directory.replicaInfos().entrySet())
                    .filteredOn(entry -> entry.getKey().topic().equals(topic))
                    .extracting(
                            entry -> entry.getKey().partition(),
                            entry -> entry.getValue().size() > 0)
                    .containsExactlyInAnyOrder(tuple(0, false), tuple(1, true));
        }
    }

    @Test
    void producersOfAPartitionAreNamed() throws Exception {
        String topic = Clients.createTopic(broker, "producers", 1);
        TopicPartition partition = new TopicPartition(topic, 0);
        Clients.produce(broker, topic, 0, List.of("a", "b", "c"));

        try (Admin admin = Admin.create(broker.client())) {
            assertThat(answer(admin.describeProducers(List.of(partition)).partitionResult(partition))
                            .activeProducers())
                    .singleElement()
                    .satisfies(producer -> {
                        assertThat(producer.lastSequence()).isEqualTo(2);
                        assertThat(producer.currentTransactionStartOffset()).isEmpty();
                    });
        }
    }

    @Test
    void whatThereIsNothingOfIsAnsweredAsNothing() throws Exception {
        String topic = Clients.createTopic(broker, "quiet", 1);
        TopicPartition partition = new TopicPartition(topic, 0);

        try (Admin admin = Admin.create(broker.client())) {
            assertThat(answer(admin.listPartitionReassignments().reassignments()))
                    .isEmpty();
            assertThat(answer(
                            admin.describeClientQuotas(ClientQuotaFilter.all()).entities()))
                    .isEmpty();
            assertThat(only(answer(admin.electLeaders(ElectionType.PREFERRED, Set.of(partition))
                            .partitions())))
                    .containsInstanceOf(ElectionNotNeededException.class);
            assertThat(answer(admin.electLeaders(ElectionType.PREFERRED, null).partitions()))
                    .isEmpty();
            assertThat(answer(admin.listConfigResources().all()))
                    .contains(new ConfigResource(ConfigResource.Type.TOPIC, topic), self());
            assertThat(answer(admin.describeFeatures().featureMetadata()).finalizedFeatures())
                    .doesNotContainKey("transaction.version");
        }
    }

    @Test
    void rightsNeedAnAuthorizer() {
        AclBinding binding = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "any", PatternType.LITERAL),
                new AccessControlEntry("User:a", "*", AclOperation.READ, AclPermissionType.ALLOW));

        try (Admin admin = Admin.create(broker.client())) {
            assertThatThrownBy(() ->
                            answer(admin.describeAcls(AclBindingFilter.ANY).values()))
                    .hasCauseInstanceOf(SecurityDisabledException.class);
            assertThatThrownBy(() -> answer(admin.createAcls(List.of(binding)).all()))
                    .hasCauseInstanceOf(SecurityDisabledException.class);
            assertThatThrownBy(() -> answer(
                            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all()))
                    .hasCauseInstanceOf(SecurityDisabledException.class);
        }
    }
}
