package io.meridian.simulator.client;

import io.meridian.protocol.message.CreatePartitionsRequest;
import io.meridian.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.meridian.protocol.message.CreatePartitionsResponse;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.meridian.protocol.message.DescribeConfigsResponse;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.meridian.protocol.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.meridian.protocol.message.IncrementalAlterConfigsResponse;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.meridian.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.meridian.protocol.message.ListOffsetsResponse;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds partitions to topics and alters configurations while everybody else works, and holds the broker to it: a
/// partition whose creation was acknowledged serves at once, and an acknowledged value is there until it is altered
/// again, whatever crashes in between.
final class AdminChanges {
    private static final int CREATE_PARTITIONS_VERSION = 3;
    private static final int ALTER_VERSION = 1;
    private static final int DESCRIBE_VERSION = 4;
    private static final int LIST_OFFSETS_VERSION = 7;
    private static final int PARTITIONS_MAX = 6;
    private static final int TIMEOUT_MS = 10_000;
    private static final byte TOPIC = 2;
    private static final byte BROKER = 4;
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final long LATEST = -1;

    private final ModelClient client;
    /// By resource and then by name; empty for a value that was deleted. What is being altered is not here.
    private final Map<String, Map<String, String>> acknowledged = new TreeMap<>();

    AdminChanges(ModelClient client) {
        this.client = client;
    }

    /// Makes or checks one change; `whenDone` runs after the answer.
    void change(Runnable whenDone) {
        List<TopicHistory> topics = client.history().liveTopics().stream()
                .filter(topic -> !topic.isTemporary())
                .toList();
        if (topics.isEmpty()) {
            client.later(ModelClient.MILLI_NS, whenDone);
            return;
        }
        TopicHistory topic = topics.get(client.random().nextInt(topics.size()));
        switch (client.random().nextInt(5)) {
            case 0 -> addPartitions(topic, whenDone);
            case 1 -> alter(BROKER, client.random().nextBoolean() ? "" : ownId(), brokerChange(), whenDone);
            case 2 -> describe(BROKER, client.random().nextBoolean() ? "" : ownId(), whenDone);
            case 3 -> describe(TOPIC, topic.name(), whenDone);
            default -> alter(TOPIC, topic.name(), topicChange(topic), whenDone);
        }
    }

    private static String ownId() {
        return "1";
    }

    private void addPartitions(TopicHistory topic, Runnable whenDone) {
        int before = topic.partitions().size();
        int wanted = before + 1;
        if (wanted > PARTITIONS_MAX) {
            client.later(ModelClient.MILLI_NS, whenDone);
            return;
        }
        boolean validateOnly = client.random().nextInt(4) == 0;
        if (!validateOnly) {
            topic.partitionsAsked(wanted);
        }
        CreatePartitionsRequest request = new CreatePartitionsRequest(
                List.of(new CreatePartitionsTopic(topic.name(), wanted, null)), TIMEOUT_MS, validateOnly);
        client.send(request, CREATE_PARTITIONS_VERSION, null, CreatePartitionsResponse.class, reply -> {
            CreatePartitionsResponse.CreatePartitionsTopicResult result =
                    reply.results().getFirst();
            client.trace().mix(wanted, result.errorCode(), 0);
            if (result.errorCode() == Errors.NONE && !validateOnly) {
                client.history().partitionsGrown(topic, wanted);
                expectServing(topic, before, whenDone);
                return;
            }
            boolean isThereAlready = result.errorCode() == Errors.INVALID_PARTITIONS && topic.isPartitionAsked(wanted);
            Violation.unless(
                    result.errorCode() == Errors.NONE || isThereAlready || Errors.isRetriable(result.errorCode()),
                    "partition " + before + " of " + topic.name() + " answered " + result.errorCode() + " "
                            + result.errorMessage());
            if (isThereAlready) {
                client.history().partitionsGrown(topic, wanted);
            }
            whenDone.run();
        });
    }

    /// The answer to the creation came on this connection, so nothing may be unknown or unready to the next request.
    private void expectServing(TopicHistory topic, int partition, Runnable whenDone) {
        ListOffsetsRequest request = new ListOffsetsRequest(
                -1,
                (byte) 0,
                List.of(new ListOffsetsTopic(topic.name(), List.of(new ListOffsetsPartition(partition, -1, LATEST)))),
                TIMEOUT_MS);
        client.send(request, LIST_OFFSETS_VERSION, null, ListOffsetsResponse.class, reply -> {
            short error = reply.topics().getFirst().partitions().getFirst().errorCode();
            client.trace().mix(error);
            Violation.unless(
                    error == Errors.NONE || error == Errors.KAFKA_STORAGE_ERROR,
                    "partition " + partition + " of " + topic.name() + ", just created, answered " + error);
            whenDone.run();
        });
    }

    private AlterableConfig topicChange(TopicHistory topic) {
        return switch (client.random().nextInt(topic.isSynced() ? 4 : 5)) {
            case 0 -> change("index.interval.bytes", client.random().nextInt(800));
            case 1 -> change("segment.ms", 1 + client.random().nextInt(500));
            case 2 -> change("segment.index.bytes", 8 * (1 + client.random().nextInt(6)));
            case 3 ->
                new AlterableConfig(
                        "produce.batch.validation", SET, client.random().nextBoolean() ? "relaxed" : "strict");
            default -> new AlterableConfig("flush.policy", SET, client.random().nextBoolean() ? "ack" : "os");
        };
    }

    private AlterableConfig brokerChange() {
        return switch (client.random().nextInt(3)) {
            case 0 -> change("log.index.interval.bytes", client.random().nextInt(800));
            case 1 -> change("log.roll.ms", 1 + client.random().nextInt(500));
            default -> change("max.connections", 1_000 + client.random().nextInt(9));
        };
    }

    private AlterableConfig change(String name, int value) {
        return client.random().nextInt(4) == 0
                ? new AlterableConfig(name, DELETE, null)
                : new AlterableConfig(name, SET, Integer.toString(value));
    }

    private void alter(byte type, String resource, AlterableConfig change, Runnable whenDone) {
        boolean validateOnly = client.random().nextInt(4) == 0;
        Map<String, String> values = acknowledged.computeIfAbsent(type + resource, _ -> new TreeMap<>());
        if (!validateOnly) {
            values.remove(change.name());
        }
        IncrementalAlterConfigsRequest request = new IncrementalAlterConfigsRequest(
                List.of(new AlterConfigsResource(type, resource, List.of(change))), validateOnly);
        client.send(request, ALTER_VERSION, null, IncrementalAlterConfigsResponse.class, reply -> {
            short error = reply.responses().getFirst().errorCode();
            client.trace().mix(type, error, 0);
            Violation.unless(
                    error == Errors.NONE,
                    change + " of '" + resource + "' answered " + error + " "
                            + reply.responses().getFirst().errorMessage());
            if (!validateOnly) {
                String value = change.value();
                values.put(change.name(), change.configOperation() == DELETE || value == null ? "" : value);
            }
            whenDone.run();
        });
    }

    private void describe(byte type, String resource, Runnable whenDone) {
        Map<String, String> expected = new TreeMap<>(acknowledged.getOrDefault(type + resource, Map.of()));
        DescribeConfigsRequest request = new DescribeConfigsRequest(
                List.of(new DescribeConfigsResource(type, resource, new ArrayList<>(expected.keySet()))), true, false);
        client.send(request, DESCRIBE_VERSION, null, DescribeConfigsResponse.class, reply -> {
            DescribeConfigsResult result = reply.results().getFirst();
            Violation.unless(result.errorCode() == Errors.NONE, "'" + resource + "' is described as " + result);
            expected.forEach((name, value) -> {
                String found = ownValue(result, name, type, resource);
                Violation.unless(
                        found.equals(value),
                        name + " of '" + resource + "' is '" + found + "', acknowledged was '" + value + "'");
            });
            client.trace().mix(expected.size());
            whenDone.run();
        });
    }

    /// The value that was set for the resource itself; empty when none was.
    private static String ownValue(DescribeConfigsResult result, String name, byte type, String resource) {
        byte ownSource = (byte) (type == TOPIC ? 1 : resource.isEmpty() ? 3 : 2);
        for (DescribeConfigsResourceResult entry : result.configs()) {
            if (entry.name().equals(name)) {
                for (DescribeConfigsResponse.DescribeConfigsSynonym synonym : entry.synonyms()) {
                    if (synonym.source() == ownSource) {
                        return String.valueOf(synonym.value());
                    }
                }
            }
        }
        return "";
    }
}
