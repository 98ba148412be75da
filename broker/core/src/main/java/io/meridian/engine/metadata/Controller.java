package io.meridian.engine.metadata;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.NewTopic;
import io.meridian.engine.metadata.ControllerReply.BrokerStarted;
import io.meridian.engine.metadata.ControllerReply.CreatedTopic;
import io.meridian.engine.metadata.ControllerReply.Registration;
import io.meridian.engine.metadata.ControllerReply.TopicCreation;
import io.meridian.engine.metadata.ControllerReply.TopicsCreated;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.settings.BrokerConfig.CreationConfig;
import io.meridian.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The metadata state machine. [#decide] turns a command into records and a reply without changing anything;
/// [#apply] turns records into the next image.
///
/// The image a decision is made against is the committed one plus the proposer's own batches in flight. A decision
/// is good for that image only: the log drops a batch whose base is no longer the last one before it.
public final class Controller {
    /// A batch with more would hold up everything behind it; Kafka draws the same line.
    public static final int PARTITIONS_PER_COMMAND_MAX = 10_000;

    private static final int UNGIVEN = -1;

    private final CreationConfig creation;
    private final SettingValues startValues;
    private final FileRoom fileRoom;

    /// @param startValues what the controller's process was given: what a list is appended to that nobody set yet
    /// @param fileRoom whether new partitions find files
    public Controller(CreationConfig creation, SettingValues startValues, FileRoom fileRoom) {
        this.creation = creation;
        this.startValues = startValues;
        this.fileRoom = fileRoom;
    }

    /// What this command changes. The same arguments give the same decision.
    ///
    /// @param now for decisions that a record must carry a time of; none does yet
    public Decision decide(MetadataImage image, ControllerCommand command, Now now, SeededRandom random) {
        return switch (command) {
            case ControllerCommand.StartBroker start -> startBroker(image, start);
            case ControllerCommand.CreateTopics(List<NewTopic> topics, boolean validateOnly) ->
                createTopics(image, topics, validateOnly, random);
            case ControllerCommand.AutoCreateTopics(List<String> names) -> autoCreateTopics(image, names, random);
            case ControllerCommand.CreatePartitions create ->
                PartitionAdditions.decide(image, create, fileRoom, random);
            case ControllerCommand.AlterConfigs alter -> ConfigAlterations.decide(image, alter, startValues);
            case ControllerCommand.DeleteTopics delete ->
                TopicDeletions.decide(image.topics(), delete.topics(), creation.deleteTopics());
            case ControllerCommand.AllocateProducerIds allocate -> ProducerIdBlocks.allocate(image, allocate);
        };
    }

    /// The image after these records and what they changed. Total: a record that does not fit changes nothing and is
    /// counted in the delta, on every broker alike.
    ///
    /// @param lastOffset offset of the last of them
    public static MetadataDelta apply(MetadataImage image, List<MetadataRecord> records, long lastOffset) {
        DeltaBuilder builder = new DeltaBuilder(image);
        for (MetadataRecord record : records) {
            builder.apply(record);
        }
        return builder.delta(lastOffset);
    }

    private static Decision startBroker(MetadataImage image, ControllerCommand.StartBroker start) {
        String newer = FeatureLevels.refusal(image.features());
        if (newer != null) {
            return new Decision(List.of(), new BrokerStarted(Outcome.rejected(ErrorCode.UNSUPPORTED_VERSION, newer)));
        }
        List<MetadataRecord> records = new ArrayList<>();
        String clusterId = image.clusterId();
        if (clusterId.isEmpty()) {
            clusterId = start.clusterIdIfNew();
            records.addAll(FeatureLevels.first());
            records.add(new MetadataRecord.Cluster(clusterId));
        }
        MetadataRecord.RegisterBroker registration = BrokerRegistry.register(image, start);
        records.add(registration);
        List<MetadataRecord> reigns = PartitionRegistry.newReigns(
                image.topics(), BrokerRegistry.apply(image.brokers(), registration), start.brokerId());
        records.addAll(reigns);
        return new Decision(
                records,
                new BrokerStarted(
                        Outcome.accepted(new Registration(clusterId, registration.brokerEpoch(), reigns.size()))));
    }

    private Decision createTopics(
            MetadataImage image, List<NewTopic> topics, boolean validateOnly, SeededRandom random) {
        Map<String, NewTopic> byName = new LinkedHashMap<>();
        Set<String> repeated = new HashSet<>();
        long partitions = 0;
        for (NewTopic topic : topics) {
            if (byName.putIfAbsent(topic.name(), topic) != null) {
                repeated.add(topic.name());
            } else {
                partitions += Math.max(0, partitionsOf(topic));
            }
        }
        MetadataImage working = image;
        List<MetadataRecord> records = new ArrayList<>();
        List<TopicCreation> results = new ArrayList<>(byName.size());
        for (NewTopic topic : byName.values()) {
            Outcome<TopicRegistry.Creation> outcome;
            if (repeated.contains(topic.name())) {
                outcome = Outcome.rejected(ErrorCode.INVALID_REQUEST, "the topic is named more than once");
            } else if (partitions > PARTITIONS_PER_COMMAND_MAX) {
                outcome = Outcome.rejected(
                        ErrorCode.POLICY_VIOLATION,
                        partitions + " partitions in one request: expected at most " + PARTITIONS_PER_COMMAND_MAX);
            } else {
                outcome = created(working, topic, validateOnly, random);
            }
            switch (outcome) {
                case Outcome.Rejected<TopicRegistry.Creation>(ErrorCode error, String detail) ->
                    results.add(new TopicCreation(topic.name(), new Outcome.Rejected<>(error, detail)));
                case Outcome.Accepted<TopicRegistry.Creation>(TopicRegistry.Creation made) -> {
                    working = apply(working, made.records(), working.metadataOffset())
                            .after();
                    records.addAll(made.records());
                    results.add(new TopicCreation(
                            topic.name(), Outcome.accepted(validateOnly ? withoutId(made.created()) : made.created())));
                }
            }
        }
        return new Decision(validateOnly ? List.of() : records, new TopicsCreated(List.copyOf(results)));
    }

    private Outcome<TopicRegistry.Creation> created(
            MetadataImage working, NewTopic topic, boolean validateOnly, SeededRandom random) {
        Outcome<TopicRegistry.Creation> outcome = TopicRegistry.create(working, topic, creation, random);
        if (!validateOnly && outcome instanceof Outcome.Accepted<TopicRegistry.Creation>(TopicRegistry.Creation made)) {
            int partitions = made.created().partitions();
            return fileRoom.hasRoomFor(partitions) ? outcome : FileRoom.refusal(partitions);
        }
        return outcome;
    }

    private int partitionsOf(NewTopic topic) {
        if (!topic.assignments().isEmpty()) {
            return topic.assignments().size();
        }
        return topic.partitions() == UNGIVEN ? creation.numPartitions() : topic.partitions();
    }

    /// A topic that only was validated has no id.
    private static CreatedTopic withoutId(CreatedTopic created) {
        return new CreatedTopic(Uuid.ZERO, created.partitions(), created.replicationFactor(), created.configs());
    }

    /// Internal topics are made by those who write them, with their own numbers.
    private Decision autoCreateTopics(MetadataImage image, List<String> names, SeededRandom random) {
        List<NewTopic> wanted = new ArrayList<>(names.size());
        Map<String, TopicCreation> results = new LinkedHashMap<>();
        for (String name : new LinkedHashSet<>(names)) {
            boolean refused = !creation.autoCreateTopics() || TopicNameRule.isInternal(name);
            results.put(name, new TopicCreation(name, Outcome.rejected(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
            if (!refused) {
                wanted.add(new NewTopic(name, UNGIVEN, UNGIVEN, List.of(), List.of()));
            }
        }
        Decision decision = createTopics(image, wanted, false, random);
        if (decision.reply() instanceof TopicsCreated(List<TopicCreation> created)) {
            created.forEach(result -> results.put(result.name(), result));
        }
        return new Decision(decision.records(), new TopicsCreated(List.copyOf(results.values())));
    }
}
