package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.Groups;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.message.AlterConfigsRequest;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.ConsumerGroupDescribeRequest;
import io.meridian.protocol.message.CreateAclsRequest;
import io.meridian.protocol.message.CreateAclsRequest.AclCreation;
import io.meridian.protocol.message.CreatePartitionsRequest;
import io.meridian.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.meridian.protocol.message.DeleteAclsRequest;
import io.meridian.protocol.message.DeleteAclsRequest.DeleteAclsFilter;
import io.meridian.protocol.message.DeleteGroupsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.meridian.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.meridian.protocol.message.DescribeAclsRequest;
import io.meridian.protocol.message.DescribeClientQuotasRequest;
import io.meridian.protocol.message.DescribeClientQuotasRequest.ComponentData;
import io.meridian.protocol.message.DescribeClusterRequest;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.meridian.protocol.message.DescribeGroupsRequest;
import io.meridian.protocol.message.DescribeLogDirsRequest;
import io.meridian.protocol.message.DescribeLogDirsRequest.DescribableLogDirTopic;
import io.meridian.protocol.message.DescribeProducersRequest;
import io.meridian.protocol.message.DescribeTopicPartitionsRequest;
import io.meridian.protocol.message.DescribeUserScramCredentialsRequest;
import io.meridian.protocol.message.DescribeUserScramCredentialsRequest.UserName;
import io.meridian.protocol.message.ElectLeadersRequest;
import io.meridian.protocol.message.ElectLeadersRequest.TopicPartitions;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchRequest.FetchPartition;
import io.meridian.protocol.message.FetchRequest.FetchTopic;
import io.meridian.protocol.message.FindCoordinatorRequest;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest;
import io.meridian.protocol.message.InitProducerIdRequest;
import io.meridian.protocol.message.ListConfigResourcesRequest;
import io.meridian.protocol.message.ListGroupsRequest;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.meridian.protocol.message.ListPartitionReassignmentsRequest;
import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.meridian.protocol.message.OffsetDeleteRequest;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceRequest.PartitionProduceData;
import io.meridian.protocol.message.ProduceRequest.TopicProduceData;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever a handler answers must fit into every version that is advertised: a field that only newer versions have
/// must be left at its default for older ones, or the response cannot be sent.
final class EveryVersionTest {
    static final String TOPIC = "orders";

    @TestFactory
    List<DynamicTest> answersOfEveryAdvertisedVersionCanBeEncodedAndReadBack() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ApiSupport support : ApiSupport.offered()) {
            ApiKey key = support.apiKey();
            for (short version = 0; version <= 20; version++) {
                if (ApiSupport.parses(key.number(), version)) {
                    short tested = version;
                    tests.add(DynamicTest.dynamicTest(key + " v" + version, () -> answerFits(key, tested)));
                }
            }
        }
        return tests;
    }

    private static void answerFits(ApiKey key, short version) {
        TestBroker broker = TestBroker.start(2);
        broker.createTopic(TOPIC, 2, Map.of("retention.ms", "1000"));
        broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("a")), 9);
        Uuid topicId =
                broker.node(0).image().topics().inNameOrder().iterator().next().topicId();

        for (RequestMessage request : requests(key, version, topicId)) {
            if (request.apiKey() != key.number()) {
                short lowest = (short) (ApiKey.of(request.apiKey()) == ApiKey.OFFSET_COMMIT ? 8 : 3);
                broker.send(decoded(request, lowest), lowest);
                continue;
            }
            TestRequest sent = broker.send(decoded(request, version), version);
            broker.pass(5_000);
            ResponseMessage response = sent.response(ResponseMessage.class);
            WireWriter writer = new WireWriter();
            response.write(writer, version);
            assertThat(writer.sizeInBytes()).as("%s", response).isPositive();
            if (key != ApiKey.FETCH) {
                ResponseMessage back =
                        MessageTypes.readResponse(key.number(), new WireReader(writer.toByteBuffer()), version);
                WireWriter again = new WireWriter();
                back.write(again, version);
                assertThat(again.toByteBuffer()).isEqualTo(writer.toByteBuffer());
            }
        }
    }

    private static RequestMessage decoded(RequestMessage request, short version) {
        WireWriter writer = new WireWriter();
        request.write(writer, version);
        ByteBuffer bytes = writer.toByteBuffer();
        return MessageTypes.readRequest(request.apiKey(), new WireReader(bytes), version);
    }

    /// For each API a request that succeeds and one that fails.
    static List<RequestMessage> requests(ApiKey key, short version, Uuid topicId) {
        return switch (key) {
            case PRODUCE -> List.of(produce(TOPIC, topicId), produce("nowhere", new Uuid(1, 2)));
            case FETCH -> List.of(fetch(version, TOPIC, topicId), fetch(version, "nowhere", new Uuid(1, 2)));
            case LIST_OFFSETS -> List.of(listOffsets(TOPIC), listOffsets("nowhere"));
            case METADATA -> List.of(metadata(version, TOPIC), metadata(version, "no/where"), MetadataRequest.DEFAULT);
            case API_VERSIONS ->
                List.of(
                        ApiVersionsRequest.DEFAULT
                                .withClientSoftwareName("test")
                                .withClientSoftwareVersion("1.0"),
                        ApiVersionsRequest.DEFAULT.withClientSoftwareName("not a name!"));
            case CREATE_TOPICS -> List.of(createTopics("new"), createTopics("no/where"));
            case DELETE_TOPICS -> List.of(deleteTopics(version, "nowhere"), deleteTopics(version, TOPIC));
            case DELETE_RECORDS -> List.of(deleteRecords(TOPIC, -1L), deleteRecords("nowhere", 5L));
            case INIT_PRODUCER_ID ->
                List.of(
                        InitProducerIdRequest.DEFAULT.withTransactionalId(null),
                        InitProducerIdRequest.DEFAULT.withTransactionalId("transactional"));
            case OFFSET_FOR_LEADER_EPOCH -> List.of(offsetForLeaderEpoch(TOPIC), offsetForLeaderEpoch("nowhere"));
            case DESCRIBE_CONFIGS ->
                List.of(DescribeConfigsRequest.DEFAULT
                        .withIncludeSynonyms(true)
                        .withResources(List.of(
                                new DescribeConfigsResource((byte) 2, TOPIC, null),
                                new DescribeConfigsResource((byte) 2, "nowhere", null),
                                new DescribeConfigsResource((byte) 4, "1", null),
                                new DescribeConfigsResource((byte) 4, "", null),
                                new DescribeConfigsResource((byte) 4, "77", null),
                                new DescribeConfigsResource((byte) 8, "1", null),
                                new DescribeConfigsResource((byte) 16, "subscription", null),
                                new DescribeConfigsResource((byte) 32, "group", null),
                                new DescribeConfigsResource((byte) 99, "", null))));
            case CREATE_PARTITIONS -> List.of(createPartitions(TOPIC, 3), createPartitions("nowhere", 3));
            case ALTER_CONFIGS -> List.of(alterConfigs(TOPIC), alterConfigs("nowhere"));
            case INCREMENTAL_ALTER_CONFIGS ->
                List.of(incrementalAlterConfigs(TOPIC), incrementalAlterConfigs("nowhere"));
            case LIST_CONFIG_RESOURCES ->
                version == 0
                        ? List.of(ListConfigResourcesRequest.DEFAULT)
                        : List.of(
                                ListConfigResourcesRequest.DEFAULT,
                                ListConfigResourcesRequest.DEFAULT.withResourceTypes(List.of((byte) 99)));
            case LIST_PARTITION_REASSIGNMENTS -> List.of(ListPartitionReassignmentsRequest.DEFAULT);
            case ELECT_LEADERS ->
                List.of(
                        electLeaders(List.of(
                                new TopicPartitions(TOPIC, List.of(0, 9)), new TopicPartitions("nowhere", List.of(0)))),
                        electLeaders(null));
            case DESCRIBE_CLIENT_QUOTAS ->
                List.of(
                        DescribeClientQuotasRequest.DEFAULT,
                        DescribeClientQuotasRequest.DEFAULT.withComponents(
                                List.of(new ComponentData("nothing", (byte) 0, "a"))));
            case DESCRIBE_USER_SCRAM_CREDENTIALS ->
                List.of(
                        DescribeUserScramCredentialsRequest.DEFAULT.withUsers(null),
                        DescribeUserScramCredentialsRequest.DEFAULT.withUsers(List.of(new UserName("u"))));
            case DESCRIBE_ACLS -> List.of(DescribeAclsRequest.DEFAULT);
            case CREATE_ACLS -> List.of(CreateAclsRequest.DEFAULT.withCreations(List.of(AclCreation.DEFAULT)));
            case DELETE_ACLS -> List.of(DeleteAclsRequest.DEFAULT.withFilters(List.of(DeleteAclsFilter.DEFAULT)));
            case DESCRIBE_LOG_DIRS ->
                List.of(
                        DescribeLogDirsRequest.DEFAULT.withTopics(null),
                        DescribeLogDirsRequest.DEFAULT.withTopics(List.of(
                                new DescribableLogDirTopic(TOPIC, List.of(0, 9)),
                                new DescribableLogDirTopic("nowhere", List.of(0)))));
            case DESCRIBE_PRODUCERS ->
                List.of(DescribeProducersRequest.DEFAULT.withTopics(List.of(
                        new DescribeProducersRequest.TopicRequest(TOPIC, List.of(0, 9)),
                        new DescribeProducersRequest.TopicRequest("nowhere", List.of(0)))));
            case DESCRIBE_CLUSTER -> List.of(DescribeClusterRequest.DEFAULT);
            case DESCRIBE_TOPIC_PARTITIONS ->
                List.of(DescribeTopicPartitionsRequest.DEFAULT.withResponsePartitionLimit(1));
            case FIND_COORDINATOR ->
                version >= 4
                        ? List.of(FindCoordinatorRequest.DEFAULT.withCoordinatorKeys(List.of("g", "h")))
                        : List.of(FindCoordinatorRequest.DEFAULT.withKey("g"));
            case JOIN_GROUP -> withGroup(List.of(Groups.join("g", "consumer", "range"), Groups.join("", "", "range")));
            case SYNC_GROUP -> withGroup(List.of(Groups.sync(version, "g", "nobody"), Groups.sync(version, "", "")));
            case HEARTBEAT -> withGroup(List.of(HeartbeatRequest.DEFAULT.withGroupId("g"), HeartbeatRequest.DEFAULT));
            case LEAVE_GROUP -> withGroup(List.of(Groups.leave(version, "g", "nobody"), Groups.leave(version, "", "")));
            case OFFSET_COMMIT ->
                withGroup(List.of(
                        Groups.commit(version, "g", TOPIC, topicId),
                        Groups.commit(version, "g", "nowhere", new Uuid(1, 2)),
                        Groups.commit(version, "", TOPIC, topicId)));
            case OFFSET_FETCH ->
                withGroup(List.of(
                        Groups.commit((short) 8, "g", TOPIC, topicId),
                        Groups.fetch(version, "g", TOPIC, topicId),
                        Groups.fetch(version, "g", "nowhere", new Uuid(1, 2)),
                        Groups.fetch(version, "", TOPIC, topicId)));
            case OFFSET_DELETE ->
                withGroup(List.of(
                        Groups.commit((short) 8, "g", TOPIC, topicId),
                        OffsetDeleteRequest.DEFAULT
                                .withGroupId("g")
                                .withTopics(List.of(new OffsetDeleteRequestTopic(
                                        TOPIC,
                                        List.of(
                                                new OffsetDeleteRequestPartition(0),
                                                new OffsetDeleteRequestPartition(7))))),
                        OffsetDeleteRequest.DEFAULT.withGroupId("h")));
            case DESCRIBE_GROUPS ->
                withGroup(List.of(DescribeGroupsRequest.DEFAULT.withGroups(List.of("g", "", "nobody"))));
            case LIST_GROUPS -> withGroup(List.of(ListGroupsRequest.DEFAULT));
            case DELETE_GROUPS ->
                withGroup(List.of(
                        Groups.commit((short) 8, "g", TOPIC, topicId),
                        DeleteGroupsRequest.DEFAULT.withGroupsNames(List.of("g", "nobody", "g", ""))));
            case CONSUMER_GROUP_DESCRIBE ->
                List.of(ConsumerGroupDescribeRequest.DEFAULT.withGroupIds(List.of("g", "")));
            default -> throw new AssertionError("advertised but not tested: " + key);
        };
    }

    /// The coordinators exist once somebody has asked for one.
    private static List<RequestMessage> withGroup(List<RequestMessage> requests) {
        List<RequestMessage> all = new ArrayList<>();
        all.add(FindCoordinatorRequest.DEFAULT.withKey("g"));
        all.addAll(requests);
        return all;
    }

    private static RequestMessage produce(String topic, Uuid topicId) {
        return ProduceRequest.DEFAULT
                .withAcks((short) -1)
                .withTimeoutMs(1_000)
                .withTopicData(List.of(new TopicProduceData(
                        topic, topicId, List.of(new PartitionProduceData(0, new BufferPayload(Batches.plain("a")))))));
    }

    private static RequestMessage fetch(short version, String topic, Uuid topicId) {
        FetchRequest request = FetchRequest.DEFAULT
                .withMaxBytes(1_000_000)
                .withTopics(List.of(new FetchTopic(
                        topic, topicId, List.of(FetchPartition.DEFAULT.withPartitionMaxBytes(1_000_000)))));
        return version >= 15 ? request : request.withReplicaId(-1);
    }

    private static RequestMessage listOffsets(String topic) {
        return ListOffsetsRequest.DEFAULT
                .withReplicaId(-1)
                .withTopics(List.of(new ListOffsetsTopic(
                        topic,
                        List.of(
                                ListOffsetsPartition.DEFAULT.withTimestamp(-1L),
                                ListOffsetsPartition.DEFAULT
                                        .withPartitionIndex(1)
                                        .withTimestamp(0L)))));
    }

    private static RequestMessage metadata(short version, String topic) {
        MetadataRequestTopic asked = MetadataRequestTopic.DEFAULT.withName(topic);
        MetadataRequest request = MetadataRequest.DEFAULT.withTopics(List.of(asked));
        return version >= 4 ? request.withAllowAutoTopicCreation(false) : request;
    }

    private static RequestMessage createTopics(String name) {
        return CreateTopicsRequest.DEFAULT.withTopics(List.of(
                CreatableTopic.DEFAULT.withName(name).withNumPartitions(1).withReplicationFactor((short) 1)));
    }

    private static RequestMessage createPartitions(String topic, int count) {
        return CreatePartitionsRequest.DEFAULT
                .withTimeoutMs(1_000)
                .withTopics(List.of(new CreatePartitionsTopic(topic, count, null)));
    }

    private static RequestMessage alterConfigs(String topic) {
        return AlterConfigsRequest.DEFAULT.withResources(List.of(new AlterConfigsRequest.AlterConfigsResource(
                (byte) 2, topic, List.of(new AlterConfigsRequest.AlterableConfig("retention.ms", "7")))));
    }

    private static RequestMessage incrementalAlterConfigs(String topic) {
        return IncrementalAlterConfigsRequest.DEFAULT.withResources(
                List.of(new IncrementalAlterConfigsRequest.AlterConfigsResource(
                        (byte) 2,
                        topic,
                        List.of(new IncrementalAlterConfigsRequest.AlterableConfig("retention.ms", (byte) 0, "7")))));
    }

    private static RequestMessage electLeaders(@Nullable List<TopicPartitions> partitions) {
        return ElectLeadersRequest.DEFAULT.withTopicPartitions(partitions);
    }

    private static RequestMessage deleteTopics(short version, String name) {
        return version >= 6
                ? DeleteTopicsRequest.DEFAULT.withTopics(List.of(new DeleteTopicState(name, Uuid.ZERO)))
                : DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(name));
    }

    private static RequestMessage deleteRecords(String topic, long offset) {
        return DeleteRecordsRequest.DEFAULT
                .withTimeoutMs(1_000)
                .withTopics(List.of(new DeleteRecordsTopic(topic, List.of(new DeleteRecordsPartition(0, offset)))));
    }

    private static RequestMessage offsetForLeaderEpoch(String topic) {
        return OffsetForLeaderEpochRequest.DEFAULT.withTopics(
                List.of(new OffsetForLeaderTopic(topic, List.of(OffsetForLeaderPartition.DEFAULT.withLeaderEpoch(0)))));
    }
}
