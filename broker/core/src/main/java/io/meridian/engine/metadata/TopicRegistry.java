package io.meridian.engine.metadata;

import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.NewTopic;
import io.meridian.engine.metadata.ControllerReply.CreatedTopic;
import io.meridian.engine.metadata.image.BrokersImage;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.metadata.image.TopicsImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.settings.BrokerConfig.CreationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Which topics there are.
final class TopicRegistry {
    private static final int UNGIVEN = -1;
    /// Smaller ids mean something to the protocol: 0 is none, 1 the metadata log.
    private static final long RESERVED_ID_MAX = 99L;

    private TopicRegistry() {}

    /// The records of one new topic and what its creator is told.
    record Creation(List<MetadataRecord> records, CreatedTopic created) {}

    /// Decides one topic. The order of the checks: name, existence, contradictions, configuration, partitions,
    /// replicas.
    static Outcome<Creation> create(MetadataImage image, NewTopic topic, CreationConfig defaults, SeededRandom random) {
        String nameRefusal = TopicNameRule.refusal(topic.name());
        if (nameRefusal != null) {
            return Outcome.rejected(ErrorCode.INVALID_TOPIC_EXCEPTION, nameRefusal);
        }
        String taken = image.topics().collidingName(topic.name());
        if (taken != null) {
            return taken.equals(topic.name())
                    ? Outcome.rejected(ErrorCode.TOPIC_ALREADY_EXISTS, "topic " + taken + " exists")
                    : Outcome.rejected(
                            ErrorCode.INVALID_TOPIC_EXCEPTION,
                            "topic name " + topic.name() + ": it differs from the topic " + taken
                                    + " in nothing but '.' and '_', and metric names would be equal");
        }
        if (!topic.assignments().isEmpty() && (topic.partitions() != UNGIVEN || topic.replicationFactor() != UNGIVEN)) {
            return Outcome.rejected(
                    ErrorCode.INVALID_REQUEST,
                    "expected either assignments or numbers of partitions and replicas, found both");
        }
        return switch (ConfigRegistry.topicConfig(topic.configs())) {
            case Outcome.Rejected<SortedMap<String, String>>(ErrorCode error, String detail) ->
                new Outcome.Rejected<>(error, detail);
            case Outcome.Accepted<SortedMap<String, String>>(SortedMap<String, String> configs) ->
                switch (replicas(image.brokers(), topic, defaults, random)) {
                    case Outcome.Rejected<List<List<Integer>>>(ErrorCode error, String detail) ->
                        new Outcome.Rejected<>(error, detail);
                    case Outcome.Accepted<List<List<Integer>>>(List<List<Integer>> replicas) ->
                        Outcome.accepted(creation(image, topic.name(), configs, replicas, random));
                };
        };
    }

    private static Outcome<List<List<Integer>>> replicas(
            BrokersImage brokers, NewTopic topic, CreationConfig defaults, SeededRandom random) {
        if (!topic.assignments().isEmpty()) {
            return PartitionRegistry.assigned(brokers, topic.assignments());
        }
        int partitions = topic.partitions() == UNGIVEN ? defaults.numPartitions() : topic.partitions();
        if (partitions < 1) {
            return Outcome.rejected(
                    ErrorCode.INVALID_PARTITIONS,
                    partitions + " partitions: expected at least 1, or -1 for the default");
        }
        int replicationFactor =
                topic.replicationFactor() == UNGIVEN ? defaults.defaultReplicationFactor() : topic.replicationFactor();
        List<ReplicaPlacement.Candidate> candidates = BrokerRegistry.candidates(brokers);
        if (replicationFactor < 1 || replicationFactor > candidates.size()) {
            return Outcome.rejected(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "replication factor " + replicationFactor + ": expected 1 to " + candidates.size()
                            + ", the number of brokers that can be used, or -1 for the default");
        }
        return Outcome.accepted(
                ReplicaPlacement.place(candidates, partitions, replicationFactor, random.nextInt(candidates.size())));
    }

    private static Creation creation(
            MetadataImage image,
            String name,
            SortedMap<String, String> configs,
            List<List<Integer>> replicas,
            SeededRandom random) {
        Uuid topicId = newId(image.topics(), random);
        List<MetadataRecord> records = new ArrayList<>(1 + replicas.size() + configs.size());
        records.add(new MetadataRecord.Topic(name, topicId));
        for (int partition = 0; partition < replicas.size(); partition++) {
            records.add(PartitionRegistry.create(image.brokers(), topicId, partition, replicas.get(partition)));
        }
        records.addAll(ConfigRegistry.records(ConfigResource.topic(name), configs));
        return new Creation(
                records,
                new CreatedTopic(topicId, replicas.size(), replicas.getFirst().size(), configs));
    }

    /// An id that no topic has or had: 128 random bits do not come twice. None begins with a dash, which tools would
    /// take for an option.
    private static Uuid newId(TopicsImage topics, SeededRandom random) {
        Uuid id = random.nextUuid();
        while (isReserved(id) || topics.byId(id) != null || id.toString().startsWith("-")) {
            id = random.nextUuid();
        }
        return id;
    }

    private static boolean isReserved(Uuid id) {
        return id.mostSignificantBits() == 0L && Long.compareUnsigned(id.leastSignificantBits(), RESERVED_ID_MAX) <= 0;
    }

    /// The topics with this one; null when its id or its name is taken.
    static @Nullable TopicsImage apply(TopicsImage topics, MetadataRecord.Topic record) {
        if (topics.byId(record.topicId()) != null || topics.collidingName(record.name()) != null) {
            return null;
        }
        return topics.with(TopicImage.withoutPartitions(record.name(), record.topicId()));
    }
}
