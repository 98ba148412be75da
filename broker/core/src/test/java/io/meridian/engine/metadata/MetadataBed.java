package io.meridian.engine.metadata;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.Assignment;
import io.meridian.engine.metadata.ControllerCommand.ConfigValue;
import io.meridian.engine.metadata.ControllerCommand.CreateTopics;
import io.meridian.engine.metadata.ControllerCommand.NewTopic;
import io.meridian.engine.metadata.ControllerCommand.TopicReference;
import io.meridian.engine.metadata.ControllerReply.CreatedTopic;
import io.meridian.engine.metadata.ControllerReply.TopicCreation;
import io.meridian.engine.metadata.ControllerReply.TopicsCreated;
import io.meridian.engine.metadata.ControllerReply.TopicsDeleted;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.settings.BrokerConfig.CreationConfig;
import io.meridian.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A controller with an image: commands are decided and their records applied at once.
final class MetadataBed {
    static final CreationConfig DEFAULTS = new CreationConfig(3, 1, true, true);

    private static final Now NOW = new Now(1_000L, 1_000L);

    final List<MetadataRecord> history = new ArrayList<>();
    MetadataImage image = MetadataImage.EMPTY;

    /// Partitions for which there are files.
    int filesForPartitions = Integer.MAX_VALUE;

    private @Nullable MetadataDelta lastDelta;
    private final Controller controller;
    private final SeededRandom random = new SeededRandom(42);

    MetadataBed(CreationConfig creation) {
        this.controller =
                new Controller(creation, SettingValues.DEFAULTS, partitions -> partitions <= filesForPartitions);
    }

    static MetadataBed withBrokers(int... ids) {
        MetadataBed bed = new MetadataBed(DEFAULTS);
        for (int id : ids) {
            bed.start(id, null);
        }
        return bed;
    }

    ControllerReply run(ControllerCommand command) {
        Decision decision = controller.decide(image, command, NOW, random);
        apply(decision.records());
        return decision.reply();
    }

    void apply(List<MetadataRecord> records) {
        if (!records.isEmpty()) {
            MetadataDelta delta = Controller.apply(image, records, image.metadataOffset() + records.size());
            history.addAll(records);
            image = delta.after();
            lastDelta = delta;
        }
    }

    ControllerReply.BrokerStarted start(int brokerId, @Nullable String rack) {
        return (ControllerReply.BrokerStarted)
                run(new ControllerCommand.StartBroker(brokerId, random.nextUuid(), "localhost", 9092, rack, "cluster"));
    }

    /// Marks a broker as one that may not lead.
    void fence(int brokerId) {
        BrokerImage b = Objects.requireNonNull(image.brokers().broker(brokerId));
        apply(List.of(new MetadataRecord.RegisterBroker(
                b.brokerId(), b.incarnationId(), b.brokerEpoch(), b.host(), b.port(), b.rack(), true)));
    }

    List<TopicCreation> create(NewTopic... topics) {
        return ((TopicsCreated) run(new CreateTopics(List.of(topics), false))).results();
    }

    CreatedTopic created(NewTopic topic) {
        return switch (create(topic).getFirst().outcome()) {
            case Outcome.Accepted<CreatedTopic>(CreatedTopic created) -> created;
            case Outcome.Rejected<CreatedTopic> rejected -> throw new AssertionError(rejected);
        };
    }

    List<ControllerReply.TopicDeletion> delete(TopicReference... references) {
        return ((TopicsDeleted) run(new ControllerCommand.DeleteTopics(List.of(references)))).results();
    }

    /// What the last batch changed.
    MetadataDelta delta() {
        return Objects.requireNonNull(lastDelta);
    }

    TopicImage topic(String name) {
        return Objects.requireNonNull(image.topics().byName(name), name);
    }

    static ErrorCode errorOf(TopicCreation creation) {
        return creation.outcome() instanceof Outcome.Rejected<CreatedTopic>(ErrorCode error, String _)
                ? error
                : ErrorCode.NONE;
    }

    static String detailOf(TopicCreation creation) {
        return creation.outcome() instanceof Outcome.Rejected<CreatedTopic>(ErrorCode _, String detail)
                ? String.valueOf(detail)
                : "";
    }

    static NewTopic topic(String name, int partitions, int replicationFactor) {
        return new NewTopic(name, partitions, replicationFactor, List.of(), List.of());
    }

    static NewTopic configured(String name, String key, @Nullable String value) {
        return new NewTopic(name, 1, 1, List.of(), List.of(new ConfigValue(key, value)));
    }

    static NewTopic assigned(String name, Assignment... assignments) {
        return new NewTopic(name, -1, -1, List.of(assignments), List.of());
    }

    static TopicReference byName(String name) {
        return new TopicReference(name, Uuid.ZERO);
    }

    static TopicReference byId(Uuid topicId) {
        return new TopicReference(null, topicId);
    }
}
