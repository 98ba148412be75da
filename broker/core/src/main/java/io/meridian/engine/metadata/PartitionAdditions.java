package io.meridian.engine.metadata;

import io.meridian.base.SeededRandom;
import io.meridian.engine.metadata.ControllerCommand.CreatePartitions;
import io.meridian.engine.metadata.ControllerCommand.MorePartitions;
import io.meridian.engine.metadata.ControllerReply.PartitionCreation;
import io.meridian.engine.metadata.ControllerReply.PartitionsCreated;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which topics of a request get more partitions. Each topic stands for itself; one that is named more than
/// once stays as it is.
final class PartitionAdditions {
    private final MetadataImage image;
    private final FileRoom fileRoom;
    private final SeededRandom random;

    private PartitionAdditions(MetadataImage image, FileRoom fileRoom, SeededRandom random) {
        this.image = image;
        this.fileRoom = fileRoom;
        this.random = random;
    }

    static Decision decide(MetadataImage image, CreatePartitions command, FileRoom fileRoom, SeededRandom random) {
        return new PartitionAdditions(image, fileRoom, random).decide(command);
    }

    private Decision decide(CreatePartitions command) {
        Map<String, Integer> occurrences = new LinkedHashMap<>();
        long added = 0;
        for (MorePartitions topic : command.topics()) {
            if (occurrences.merge(topic.name(), 1, Integer::sum) == 1) {
                TopicImage known = image.topics().byName(topic.name());
                added += known == null ? 0 : Math.max(0L, (long) topic.partitions() - known.partitionCount());
            }
        }
        List<MetadataRecord> records = new ArrayList<>();
        Map<String, PartitionCreation> results = new LinkedHashMap<>();
        for (MorePartitions topic : command.topics()) {
            Outcome<List<MetadataRecord>> outcome = occurrences.getOrDefault(topic.name(), 0) > 1
                    ? Outcome.rejected(ErrorCode.INVALID_REQUEST, "the topic is named more than once")
                    : added(topic, added, command.validateOnly());
            results.put(
                    topic.name(),
                    switch (outcome) {
                        case Outcome.Rejected<List<MetadataRecord>>(ErrorCode error, String detail) ->
                            new PartitionCreation(topic.name(), new Outcome.Rejected<>(error, detail));
                        case Outcome.Accepted<List<MetadataRecord>>(List<MetadataRecord> made) -> {
                            records.addAll(made);
                            yield new PartitionCreation(
                                    topic.name(), Outcome.accepted(topic.partitions() - made.size()));
                        }
                    });
        }
        return new Decision(
                command.validateOnly() ? List.of() : records, new PartitionsCreated(List.copyOf(results.values())));
    }

    /// The order of the checks: existence, kind, number, size of the request, replicas.
    private Outcome<List<MetadataRecord>> added(MorePartitions wanted, long addedByRequest, boolean validateOnly) {
        TopicImage topic = image.topics().byName(wanted.name());
        if (topic == null) {
            return Outcome.rejected(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        if (TopicNameRule.isInternal(wanted.name())) {
            return Outcome.rejected(
                    ErrorCode.INVALID_REQUEST,
                    "topic " + wanted.name() + ": what it holds is found by its number of partitions, which stays");
        }
        if (wanted.partitions() <= topic.partitionCount()) {
            return Outcome.rejected(
                    ErrorCode.INVALID_PARTITIONS,
                    wanted.partitions() + " partitions: expected more than " + topic.partitionCount() + ", which topic "
                            + wanted.name() + " has");
        }
        if (addedByRequest > Controller.PARTITIONS_PER_COMMAND_MAX) {
            return Outcome.rejected(
                    ErrorCode.POLICY_VIOLATION,
                    addedByRequest + " new partitions in one request: expected at most "
                            + Controller.PARTITIONS_PER_COMMAND_MAX);
        }
        return switch (replicas(wanted, topic)) {
            case Outcome.Rejected<List<List<Integer>>>(ErrorCode error, String detail) ->
                new Outcome.Rejected<>(error, detail);
            case Outcome.Accepted<List<List<Integer>>>(List<List<Integer>> replicas) -> {
                if (!validateOnly && !fileRoom.hasRoomFor(replicas.size())) {
                    yield FileRoom.refusal(replicas.size());
                }
                List<MetadataRecord> records = new ArrayList<>(replicas.size());
                for (int i = 0; i < replicas.size(); i++) {
                    records.add(PartitionRegistry.create(
                            image.brokers(), topic.topicId(), topic.partitionCount() + i, replicas.get(i)));
                }
                yield Outcome.accepted(records);
            }
        };
    }

    private Outcome<List<List<Integer>>> replicas(MorePartitions wanted, TopicImage topic) {
        int additional = wanted.partitions() - topic.partitionCount();
        int replicationFactor = topic.partitions().getFirst().replicas().size();
        @Nullable List<List<Integer>> assignments = wanted.assignments();
        if (assignments != null) {
            return assignments.size() != additional
                    ? Outcome.rejected(
                            ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                            assignments.size() + " assignments: expected " + additional
                                    + ", one for each new partition")
                    : PartitionRegistry.assignedTo(
                            image.brokers(), topic.partitionCount(), assignments, replicationFactor);
        }
        List<ReplicaPlacement.Candidate> candidates = BrokerRegistry.candidates(image.brokers());
        if (replicationFactor > candidates.size()) {
            return Outcome.rejected(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "replication factor " + replicationFactor + ", which topic " + wanted.name() + " has: only "
                            + candidates.size() + " brokers can be used");
        }
        return Outcome.accepted(
                ReplicaPlacement.place(candidates, additional, replicationFactor, random.nextInt(candidates.size())));
    }
}
