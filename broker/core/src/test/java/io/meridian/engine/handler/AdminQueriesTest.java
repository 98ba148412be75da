package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.log.storage.VolumeSpace;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.CreateAclsRequest;
import io.meridian.protocol.message.CreateAclsRequest.AclCreation;
import io.meridian.protocol.message.CreateAclsResponse;
import io.meridian.protocol.message.CreateAclsResponse.AclCreationResult;
import io.meridian.protocol.message.DeleteAclsRequest;
import io.meridian.protocol.message.DeleteAclsRequest.DeleteAclsFilter;
import io.meridian.protocol.message.DeleteAclsResponse;
import io.meridian.protocol.message.DescribeAclsRequest;
import io.meridian.protocol.message.DescribeAclsResponse;
import io.meridian.protocol.message.DescribeClientQuotasRequest;
import io.meridian.protocol.message.DescribeClientQuotasRequest.ComponentData;
import io.meridian.protocol.message.DescribeClientQuotasResponse;
import io.meridian.protocol.message.DescribeLogDirsRequest;
import io.meridian.protocol.message.DescribeLogDirsRequest.DescribableLogDirTopic;
import io.meridian.protocol.message.DescribeLogDirsResponse;
import io.meridian.protocol.message.DescribeLogDirsResponse.DescribeLogDirsPartition;
import io.meridian.protocol.message.DescribeLogDirsResponse.DescribeLogDirsResult;
import io.meridian.protocol.message.DescribeLogDirsResponse.DescribeLogDirsTopic;
import io.meridian.protocol.message.DescribeProducersRequest;
import io.meridian.protocol.message.DescribeProducersRequest.TopicRequest;
import io.meridian.protocol.message.DescribeProducersResponse;
import io.meridian.protocol.message.DescribeProducersResponse.PartitionResponse;
import io.meridian.protocol.message.DescribeProducersResponse.ProducerState;
import io.meridian.protocol.message.DescribeUserScramCredentialsRequest;
import io.meridian.protocol.message.DescribeUserScramCredentialsRequest.UserName;
import io.meridian.protocol.message.DescribeUserScramCredentialsResponse;
import io.meridian.protocol.message.DescribeUserScramCredentialsResponse.DescribeUserScramCredentialsResult;
import io.meridian.protocol.message.ElectLeadersRequest;
import io.meridian.protocol.message.ElectLeadersRequest.TopicPartitions;
import io.meridian.protocol.message.ElectLeadersResponse;
import io.meridian.protocol.message.ElectLeadersResponse.PartitionResult;
import io.meridian.protocol.message.ListConfigResourcesRequest;
import io.meridian.protocol.message.ListConfigResourcesResponse;
import io.meridian.protocol.message.ListConfigResourcesResponse.ConfigResource;
import io.meridian.protocol.message.ListPartitionReassignmentsRequest;
import io.meridian.protocol.message.ListPartitionReassignmentsResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What administrators ask and nothing changes by.
class AdminQueriesTest {
    private final TestBroker broker = TestBroker.start(2);
    private final TestBroker strict = TestBroker.start(1, (_, _, _, _) -> false);

    AdminQueriesTest() {
        broker.createTopic("a", 3, Map.of());
        broker.createTopic("b", 1, Map.of());
    }

    @Test
    void logsOfEveryNodeAndTheVolumeAreMeasured() {
        broker.send(Batches.produce(-1, "a", 1, Batches.plain("some bytes")), 9);
        broker.storage().setVolumeSpace(new VolumeSpace(1_000, 400));

        DescribeLogDirsResult directory = logDirs(null, 4).getFirst();

        assertThat(directory.logDir()).isEqualTo("/memory");
        assertThat(directory.totalBytes()).isEqualTo(1_000);
        assertThat(directory.usableBytes()).isEqualTo(400);
        assertThat(directory.topics()).extracting(DescribeLogDirsTopic::name).containsExactly("a", "b");
        assertThat(directory.topics().getFirst().partitions())
                .extracting(DescribeLogDirsPartition::partitionIndex)
                .containsExactly(0, 1, 2);
        assertThat(directory.topics().getFirst().partitions())
                .extracting(partition -> partition.partitionSize() > 0)
                .containsExactly(false, true, false);
    }

    @Test
    void onlyTheLogsAskedForAreMeasured() {
        DescribeLogDirsResult directory = logDirs(
                        List.of(
                                new DescribableLogDirTopic("a", List.of(2, 9, -1)),
                                new DescribableLogDirTopic("none", List.of(0))),
                        1)
                .getFirst();

        assertThat(directory.topics()).hasSize(1);
        assertThat(directory.topics().getFirst().partitions())
                .extracting(DescribeLogDirsPartition::partitionIndex)
                .containsExactly(2);
        assertThat(logDirs(List.of(), 4).getFirst().topics()).isEmpty();
    }

    @Test
    void whoMayNotSeeTheClusterSeesNoLogDirectories() {
        DescribeLogDirsResponse response =
                strict.send(DescribeLogDirsRequest.DEFAULT.withTopics(null), 4).response(DescribeLogDirsResponse.class);

        assertThat(response.errorCode()).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
        assertThat(response.results()).isEmpty();
    }

    private List<DescribeLogDirsResult> logDirs(@Nullable List<DescribableLogDirTopic> topics, int version) {
        return broker.send(1, DescribeLogDirsRequest.DEFAULT.withTopics(topics), version)
                .response(DescribeLogDirsResponse.class)
                .results();
    }

    @Test
    void producersThatAPartitionRemembersAreNamed() {
        broker.send(Batches.produce(-1, "a", 0, Batches.idempotent(7, 2, 0, "x", "y")), 9);
        broker.send(Batches.produce(-1, "a", 0, Batches.idempotent(9, 0, 0, "z")), 9);
        broker.send(Batches.produce(-1, "a", 0, Batches.plain("anonymous")), 9);

        List<PartitionResponse> partitions = producers(broker, "a", List.of(0, 1, 77));

        assertThat(partitions)
                .extracting(PartitionResponse::errorCode)
                .containsExactly((short) 0, (short) 0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(partitions.getFirst().activeProducers())
                .containsExactly(
                        new ProducerState(7L, 2, 1, 1_700_000_000_000L, -1, -1L),
                        new ProducerState(9L, 0, 0, 1_700_000_000_000L, -1, -1L));
        assertThat(partitions.get(1).activeProducers()).isEmpty();
        assertThat(producers(broker, "none", List.of(0)).getFirst().errorCode())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(producers(strict, "a", List.of(0)).getFirst().errorCode())
                .isEqualTo(ErrorCode.TOPIC_AUTHORIZATION_FAILED.code());
    }

    private static List<PartitionResponse> producers(TestBroker asked, String topic, List<Integer> partitions) {
        return asked.send(DescribeProducersRequest.DEFAULT.withTopics(List.of(new TopicRequest(topic, partitions))), 0)
                .response(DescribeProducersResponse.class)
                .topics()
                .getFirst()
                .partitions();
    }

    @Test
    void electionIsNeededNowhere() {
        ElectLeadersResponse response = elect(
                broker, 0, List.of(new TopicPartitions("a", List.of(0, 9)), new TopicPartitions("none", List.of(0))));

        assertThat(response.replicaElectionResults())
                .flatExtracting(result -> result.partitionResult().stream()
                        .map(PartitionResult::errorCode)
                        .toList())
                .containsExactly(
                        ErrorCode.ELECTION_NOT_NEEDED.code(),
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code(),
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(elect(broker, 1, List.of(new TopicPartitions("a", List.of(0))))
                        .replicaElectionResults()
                        .getFirst()
                        .partitionResult()
                        .getFirst()
                        .errorCode())
                .isEqualTo(ErrorCode.ELECTION_NOT_NEEDED.code());
        assertThat(elect(broker, 0, null).replicaElectionResults()).isEmpty();
        assertThat(elect(broker, 5, null).errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code());
        assertThat(elect(strict, 0, null).errorCode()).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    private static ElectLeadersResponse elect(TestBroker asked, int type, @Nullable List<TopicPartitions> partitions) {
        return asked.send(new ElectLeadersRequest((byte) type, partitions, 1_000), 2)
                .response(ElectLeadersResponse.class);
    }

    @Test
    void resourcesToConfigureAreListedByKind() {
        assertThat(resources(broker, 1, List.of()).configResources())
                .containsExactly(
                        new ConfigResource("a", (byte) 2),
                        new ConfigResource("b", (byte) 2),
                        new ConfigResource("1", (byte) 4),
                        new ConfigResource("1", (byte) 8));
        assertThat(resources(broker, 1, List.of((byte) 4, (byte) 16, (byte) 4)).configResources())
                .containsExactly(new ConfigResource("1", (byte) 4));
        assertThat(resources(broker, 0, List.of()).configResources()).isEmpty();
        assertThat(resources(broker, 1, List.of((byte) 3)).errorCode()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION.code());
        assertThat(resources(strict, 1, List.of()).errorCode())
                .isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    private static ListConfigResourcesResponse resources(TestBroker asked, int version, List<Byte> types) {
        return asked.send(ListConfigResourcesRequest.DEFAULT.withResourceTypes(types), version)
                .response(ListConfigResourcesResponse.class);
    }

    @Test
    void nothingIsBeingReassigned() {
        assertThat(broker.send(ListPartitionReassignmentsRequest.DEFAULT, 0)
                        .response(ListPartitionReassignmentsResponse.class))
                .isEqualTo(ListPartitionReassignmentsResponse.DEFAULT);
        assertThat(strict.send(ListPartitionReassignmentsRequest.DEFAULT, 0)
                        .response(ListPartitionReassignmentsResponse.class)
                        .errorCode())
                .isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    @Test
    void thereAreNoQuotasAndBadQuestionsAboutThemAreRefused() {
        ComponentData user = new ComponentData("user", (byte) 0, "u");
        assertThat(quotas(broker).entries()).isEmpty();
        assertThat(quotas(broker, user, new ComponentData("client-id", (byte) 1, null))
                        .entries())
                .isEmpty();
        assertThat(quotaError(new ComponentData("odd", (byte) 0, "u"))).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
        assertThat(quotaError(new ComponentData("", (byte) 0, "u"))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(quotaError(user, user)).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(quotaError(user, new ComponentData("ip", (byte) 0, "::1"))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(quotaError(new ComponentData("user", (byte) 3, null))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(quotaError(new ComponentData("user", (byte) 0, null))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(quotaError(new ComponentData("user", (byte) 2, "u"))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(quotas(strict).errorCode()).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    private ErrorCode quotaError(ComponentData... components) {
        DescribeClientQuotasResponse response = quotas(broker, components);
        assertThat(response.entries()).isNull();
        return ErrorCode.of(response.errorCode());
    }

    private static DescribeClientQuotasResponse quotas(TestBroker asked, ComponentData... components) {
        return asked.send(new DescribeClientQuotasRequest(List.of(components), false), 1)
                .response(DescribeClientQuotasResponse.class);
    }

    @Test
    void rightsCannotBeKeptWithoutAnAuthorizer() {
        DescribeAclsResponse described =
                broker.send(DescribeAclsRequest.DEFAULT, 3).response(DescribeAclsResponse.class);
        CreateAclsResponse created = broker.send(
                        new CreateAclsRequest(List.of(AclCreation.DEFAULT, AclCreation.DEFAULT)), 3)
                .response(CreateAclsResponse.class);
        DeleteAclsResponse deleted = broker.send(new DeleteAclsRequest(List.of(DeleteAclsFilter.DEFAULT)), 3)
                .response(DeleteAclsResponse.class);

        assertThat(described.errorCode()).isEqualTo(ErrorCode.SECURITY_DISABLED.code());
        assertThat(created.results())
                .extracting(AclCreationResult::errorCode)
                .containsExactly(ErrorCode.SECURITY_DISABLED.code(), ErrorCode.SECURITY_DISABLED.code());
        assertThat(deleted.filterResults().getFirst().errorCode()).isEqualTo(ErrorCode.SECURITY_DISABLED.code());
        assertThat(strict.send(DescribeAclsRequest.DEFAULT, 3)
                        .response(DescribeAclsResponse.class)
                        .errorCode())
                .isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    @Test
    void nobodyHasCredentials() {
        assertThat(credentials(broker, null).results()).isEmpty();
        assertThat(credentials(broker, List.of(new UserName("a"), new UserName("b"), new UserName("b")))
                        .results())
                .extracting(DescribeUserScramCredentialsResult::errorCode)
                .containsExactly(ErrorCode.RESOURCE_NOT_FOUND.code(), ErrorCode.DUPLICATE_RESOURCE.code());
        assertThat(credentials(strict, null).errorCode()).isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    }

    private static DescribeUserScramCredentialsResponse credentials(TestBroker asked, @Nullable List<UserName> users) {
        return asked.send(new DescribeUserScramCredentialsRequest(users), 0)
                .response(DescribeUserScramCredentialsResponse.class);
    }
}
