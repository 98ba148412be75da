package io.meridian.engine.metadata;

import static io.meridian.engine.metadata.MetadataBed.byId;
import static io.meridian.engine.metadata.MetadataBed.byName;
import static io.meridian.engine.metadata.MetadataBed.configured;
import static io.meridian.engine.metadata.MetadataBed.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.TopicReference;
import io.meridian.engine.metadata.ControllerReply.TopicDeletion;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.settings.BrokerConfig.CreationConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeleteTopicsTest {
    private final MetadataBed bed = MetadataBed.withBrokers(1);

    @Test
    void topicGoesByNameOrByIdWithItsConfig() {
        bed.created(configured("a", "retention.ms", "1"));
        Uuid b = bed.created(topic("b", 1, 1)).topicId();

        List<TopicDeletion> results = bed.delete(byName("a"), byId(b));

        assertThat(results).extracting(TopicDeletion::error).containsOnly(ErrorCode.NONE);
        assertThat(results).extracting(TopicDeletion::name).containsExactly("a", "b");
        assertThat(bed.image.topics().size()).isZero();
        assertThat(bed.image.topics().partitionCount()).isZero();
        assertThat(bed.image.configs().byResource()).isEmpty();
        assertThat(bed.delta().deletedTopics()).extracting(TopicImage::name).containsExactly("a", "b");
    }

    @Test
    void unknownNameAndUnknownIdHaveErrorsOfTheirOwn() {
        assertThat(bed.delete(byName("none"), byId(new Uuid(7, 7))))
                .extracting(TopicDeletion::error)
                .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.UNKNOWN_TOPIC_ID);
    }

    @Test
    void topicNamedTwiceInOneRequestStays() {
        Uuid a = bed.created(topic("a", 1, 1)).topicId();
        bed.created(topic("b", 1, 1));

        List<TopicDeletion> results = bed.delete(byName("a"), byId(a), byName("b"), byName("b"));

        assertThat(results).extracting(TopicDeletion::error).containsOnly(ErrorCode.INVALID_REQUEST);
        assertThat(results).hasSize(3);
        assertThat(bed.image.topics().size()).isEqualTo(2);
    }

    @Test
    void referenceIsEitherANameOrAnId() {
        Uuid a = bed.created(topic("a", 1, 1)).topicId();

        assertThat(bed.delete(new TopicReference("a", a), new TopicReference(null, Uuid.ZERO)))
                .extracting(TopicDeletion::error)
                .containsOnly(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void sameNameCreatedAgainIsAnotherTopic() {
        Uuid first = bed.created(topic("a", 1, 1)).topicId();
        bed.delete(byName("a"));
        Uuid second = bed.created(topic("a", 1, 1)).topicId();

        assertThat(second).isNotEqualTo(first);
        assertThat(bed.delete(byId(first))).extracting(TopicDeletion::error).containsOnly(ErrorCode.UNKNOWN_TOPIC_ID);
    }

    @Test
    void nameIsFreeForACollidingOneOnceItsTopicIsGone() {
        bed.created(topic("a.b", 1, 1));
        bed.delete(byName("a.b"));

        assertThat(bed.created(topic("a_b", 1, 1)).partitions()).isEqualTo(1);
    }

    @Test
    void deletionCanBeSwitchedOff() {
        MetadataBed kept = new MetadataBed(new CreationConfig(1, 1, true, false));
        kept.start(1, null);
        kept.created(topic("a", 1, 1));

        assertThat(kept.delete(byName("a")))
                .extracting(TopicDeletion::error)
                .containsOnly(ErrorCode.TOPIC_DELETION_DISABLED);
        assertThat(kept.image.topics().size()).isEqualTo(1);
    }
}
