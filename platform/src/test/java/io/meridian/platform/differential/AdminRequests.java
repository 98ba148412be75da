package io.meridian.platform.differential;

import io.meridian.base.Uuid;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.message.AlterConfigsRequest;
import io.meridian.protocol.message.CreatePartitionsRequest;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.meridian.protocol.message.DescribeClientQuotasRequest;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.meridian.protocol.message.DescribeProducersRequest;
import io.meridian.protocol.message.DescribeTopicPartitionsRequest;
import io.meridian.protocol.message.ElectLeadersRequest;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.meridian.protocol.message.ListPartitionReassignmentsRequest;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.wire.RequestMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Topics and configs: created, described, changed and deleted, rightly and wrongly.
final class AdminRequests {
    private static final byte TOPIC = 2;
    private static final byte BROKER = 4;
    private static final int TIMEOUT_MS = 10_000;
    private static final List<String> CONFIGS = List.of(
            "retention.ms", "cleanup.policy", "max.message.bytes", "segment.bytes", "compression.type", "no.such");
    /// No codec is among them: where a topic names one, Kafka compresses again what we keep as it came.
    private static final List<String> VALUES =
            List.of("31536000000000", "-1", "delete", "compact", "producer", "soon", "", "1048576", "-7");

    private final Draw draw;
    private final Versions versions;
    private final Comparison comparison;

    AdminRequests(Draw draw, Versions versions, Comparison comparison) {
        this.draw = draw;
        this.versions = versions;
        this.comparison = comparison;
    }

    void next() {
        switch (draw.below(14)) {
            case 0, 1, 2 -> createTopics();
            case 3 -> deleteTopics();
            case 4 -> createPartitions();
            case 5, 6 -> metadata();
            case 7 -> describeConfigs();
            case 8, 9 -> incrementalAlterConfigs();
            case 10 -> alterConfigs();
            case 11 -> describeTopicPartitions();
            case 12 -> reassignmentsAndElections();
            default -> others();
        }
    }

    private void ask(ApiKey key, boolean reads, Function<Side, RequestMessage> request) {
        if (versions.has(key)) {
            comparison.ask("main", draw.version(versions, key), reads, request);
        }
    }

    private void createTopics() {
        short version = draw.version(versions, ApiKey.CREATE_TOPICS);
        List<CreatableTopic> topics = new ArrayList<>();
        for (int i = 0; i <= draw.below(2); i++) {
            topics.add(creatable());
        }
        boolean validateOnly = draw.chance(20);
        comparison.ask(
                "main",
                version,
                validateOnly,
                _ -> CreateTopicsRequest.DEFAULT
                        .withTopics(topics)
                        .withTimeoutMs(TIMEOUT_MS)
                        .withValidateOnly(validateOnly));
        settle();
    }

    private CreatableTopic creatable() {
        CreatableTopic topic = CreatableTopic.DEFAULT
                .withName(draw.anyTopic())
                .withNumPartitions(draw.chance(80) ? 1 + draw.below(3) : draw.of(0, -1, -2))
                .withReplicationFactor(
                        draw.chance(85) ? (short) 1 : draw.of((short) 0, (short) -1, (short) 2, (short) -2));
        if (draw.chance(15)) {
            topic = topic.withNumPartitions(draw.chance(80) ? -1 : 1)
                    .withReplicationFactor((short) -1)
                    .withAssignments(draw.of(
                            List.of(assignment(0, 1), assignment(1, 1)),
                            List.of(assignment(0, 1), assignment(2, 1)),
                            List.of(assignment(0, 1, 1)),
                            List.of(assignment(0)),
                            List.of(assignment(0, 9))));
        }
        if (draw.chance(25)) {
            topic = topic.withConfigs(List.of(
                    CreatableTopicConfig.DEFAULT.withName(draw.of(CONFIGS)).withValue(value())));
        }
        return topic;
    }

    private static CreatableReplicaAssignment assignment(int partition, Integer... brokers) {
        return new CreatableReplicaAssignment(partition, List.of(brokers));
    }

    private @Nullable String value() {
        return draw.chance(95) ? draw.of(VALUES) : null;
    }

    private void deleteTopics() {
        short version = draw.version(versions, ApiKey.DELETE_TOPICS);
        String topic = draw.anyTopic();
        boolean byId = version >= 6 && draw.chance(50);
        boolean twice = draw.chance(10);
        comparison.ask("main", version, false, side -> {
            if (version < 6) {
                return DeleteTopicsRequest.DEFAULT
                        .withTopicNames(twice ? List.of(topic, topic) : List.of(topic))
                        .withTimeoutMs(TIMEOUT_MS);
            }
            DeleteTopicState state =
                    byId ? new DeleteTopicState(null, side.topic(topic)) : new DeleteTopicState(topic, Uuid.ZERO);
            return DeleteTopicsRequest.DEFAULT
                    .withTopics(twice ? List.of(state, state) : List.of(state))
                    .withTimeoutMs(TIMEOUT_MS);
        });
        settle();
    }

    private void createPartitions() {
        CreatePartitionsRequest.CreatePartitionsTopic topic = CreatePartitionsRequest.CreatePartitionsTopic.DEFAULT
                .withName(draw.anyTopic())
                .withCount(draw.chance(80) ? 1 + draw.below(5) : draw.of(0, -1))
                .withAssignments(null);
        boolean validateOnly = draw.chance(25);
        ask(
                ApiKey.CREATE_PARTITIONS,
                validateOnly,
                _ -> CreatePartitionsRequest.DEFAULT
                        .withTopics(List.of(topic))
                        .withTimeoutMs(TIMEOUT_MS)
                        .withValidateOnly(validateOnly));
        settle();
    }

    private void metadata() {
        short version = draw.version(versions, ApiKey.METADATA);
        String topic = draw.anyTopic();
        int what = draw.below(4);
        comparison.ask("main", version, true, side -> {
            MetadataRequest request = MetadataRequest.DEFAULT.withAllowAutoTopicCreation(version < 4);
            if (what == 0 && version >= 1) {
                return request.withTopics(null);
            } else if (what == 1 && version >= 12) {
                return request.withTopics(List.of(new MetadataRequestTopic(side.topic(topic), null)));
            } else if (what == 2 && version >= 1) {
                return request.withTopics(List.of());
            } else if (version < 4) {
                // Below 4 a name that is not there would be created.
                return request.withTopics(List.of(new MetadataRequestTopic(Uuid.ZERO, "__consumer_offsets")));
            }
            return request.withTopics(List.of(new MetadataRequestTopic(Uuid.ZERO, topic)));
        });
    }

    private void describeConfigs() {
        boolean ofTopic = draw.chance(75);
        DescribeConfigsResource resource = DescribeConfigsResource.DEFAULT
                .withResourceType(draw.chance(95) ? ofTopic ? TOPIC : BROKER : draw.of((byte) 0, (byte) 3, (byte) 99))
                .withResourceName(ofTopic ? draw.anyTopic() : draw.of("1", "", "9", "one"))
                .withConfigurationKeys(
                        draw.chance(50) ? null : List.of(draw.of(CONFIGS), draw.of("flush.ms", "log.retention.ms")));
        boolean synonyms = draw.chance(50);
        ask(
                ApiKey.DESCRIBE_CONFIGS,
                true,
                _ -> DescribeConfigsRequest.DEFAULT
                        .withResources(List.of(resource))
                        .withIncludeSynonyms(synonyms));
    }

    private void incrementalAlterConfigs() {
        List<AlterableConfig> changes = new ArrayList<>();
        for (int i = 0; i <= draw.below(2); i++) {
            changes.add(new AlterableConfig(
                    draw.of(CONFIGS), draw.of((byte) 0, (byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 9), value()));
        }
        boolean ofTopic = draw.chance(90);
        AlterConfigsResource resource = new AlterConfigsResource(
                ofTopic ? TOPIC : draw.of(BROKER, (byte) 0), ofTopic ? draw.anyTopic() : "1", changes);
        boolean validateOnly = draw.chance(20);
        ask(
                ApiKey.INCREMENTAL_ALTER_CONFIGS,
                validateOnly,
                _ -> new IncrementalAlterConfigsRequest(List.of(resource), validateOnly));
        settle();
    }

    private void alterConfigs() {
        AlterConfigsRequest.AlterConfigsResource resource = new AlterConfigsRequest.AlterConfigsResource(
                TOPIC, draw.anyTopic(), List.of(new AlterConfigsRequest.AlterableConfig(draw.of(CONFIGS), value())));
        boolean validateOnly = draw.chance(20);
        ask(ApiKey.ALTER_CONFIGS, validateOnly, _ -> new AlterConfigsRequest(List.of(resource), validateOnly));
        settle();
    }

    private void describeTopicPartitions() {
        List<DescribeTopicPartitionsRequest.TopicRequest> topics = draw.chance(70)
                ? List.of(new DescribeTopicPartitionsRequest.TopicRequest(draw.anyTopic()))
                : IntStream.range(0, 5)
                        .mapToObj(i -> new DescribeTopicPartitionsRequest.TopicRequest("t" + i))
                        .toList();
        int limit = draw.of(2_000, 2, 1);
        ask(
                ApiKey.DESCRIBE_TOPIC_PARTITIONS,
                true,
                _ -> DescribeTopicPartitionsRequest.DEFAULT.withTopics(topics).withResponsePartitionLimit(limit));
    }

    private void reassignmentsAndElections() {
        if (draw.chance(50)) {
            ask(
                    ApiKey.LIST_PARTITION_REASSIGNMENTS,
                    true,
                    _ -> ListPartitionReassignmentsRequest.DEFAULT
                            .withTopics(null)
                            .withTimeoutMs(TIMEOUT_MS));
        } else {
            byte type = draw.of((byte) 0, (byte) 1, (byte) 5);
            String topic = draw.anyTopic();
            int partition = draw.partition();
            ask(
                    ApiKey.ELECT_LEADERS,
                    false,
                    _ -> ElectLeadersRequest.DEFAULT
                            .withElectionType(versions.lowest(ApiKey.ELECT_LEADERS) > 0 ? type : 0)
                            .withTopicPartitions(
                                    List.of(new ElectLeadersRequest.TopicPartitions(topic, List.of(partition))))
                            .withTimeoutMs(TIMEOUT_MS));
        }
    }

    private void others() {
        if (draw.chance(50)) {
            ask(
                    ApiKey.DESCRIBE_CLIENT_QUOTAS,
                    true,
                    _ -> DescribeClientQuotasRequest.DEFAULT.withComponents(List.of()));
        } else {
            String topic = draw.anyTopic();
            int partition = draw.partition();
            ask(
                    ApiKey.DESCRIBE_PRODUCERS,
                    true,
                    _ -> DescribeProducersRequest.DEFAULT.withTopics(
                            List.of(new DescribeProducersRequest.TopicRequest(topic, List.of(partition)))));
        }
    }

    /// Waits until both say the same of all topics, and learns their ids.
    private void settle() {
        comparison.ask("main", (short) 12, true, side -> {
            MetadataRequest request = MetadataRequest.DEFAULT.withTopics(null).withAllowAutoTopicCreation(false);
            MetadataResponse response =
                    (MetadataResponse) side.ask("main", request, (short) 12).orElseThrow();
            response.topics().forEach(topic -> side.learnTopic(String.valueOf(topic.name()), topic.topicId()));
            return request;
        });
    }
}
