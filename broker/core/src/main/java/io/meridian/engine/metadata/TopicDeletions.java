package io.meridian.engine.metadata;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.ControllerCommand.TopicReference;
import io.meridian.engine.metadata.ControllerReply.TopicDeletion;
import io.meridian.engine.metadata.ControllerReply.TopicsDeleted;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.metadata.image.TopicsImage;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Decides which topics of a request go. A topic that is referred to more than once stays: the request contradicts
/// itself.
final class TopicDeletions {
    private final TopicsImage topics;
    private final Map<TopicReference, Integer> occurrences = new LinkedHashMap<>();
    private final Map<Uuid, Integer> occurrencesById = new TreeMap<>();

    private TopicDeletions(TopicsImage topics, List<TopicReference> references) {
        this.topics = topics;
        for (TopicReference reference : references) {
            occurrences.merge(reference, 1, Integer::sum);
            TopicImage topic = find(reference);
            if (topic != null) {
                occurrencesById.merge(topic.topicId(), 1, Integer::sum);
            }
        }
    }

    static Decision decide(TopicsImage topics, List<TopicReference> references, boolean deletionEnabled) {
        return new TopicDeletions(topics, references).decide(deletionEnabled);
    }

    private Decision decide(boolean deletionEnabled) {
        List<MetadataRecord> records = new ArrayList<>();
        List<TopicDeletion> results = new ArrayList<>(occurrences.size());
        for (Map.Entry<TopicReference, Integer> entry : occurrences.entrySet()) {
            TopicReference reference = entry.getKey();
            TopicImage topic = find(reference);
            if (!deletionEnabled) {
                results.add(refused(reference, ErrorCode.TOPIC_DELETION_DISABLED, "delete.topic.enable is false"));
            } else if ((reference.name() == null) == reference.topicId().isZero()) {
                results.add(refused(reference, ErrorCode.INVALID_REQUEST, "expected either a name or an id"));
            } else if (isRepeated(reference, topic)) {
                results.add(refused(reference, ErrorCode.INVALID_REQUEST, "the topic is named more than once"));
            } else if (topic == null) {
                results.add(refused(
                        reference,
                        reference.name() == null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        null));
            } else {
                records.add(new MetadataRecord.RemoveTopic(topic.topicId()));
                results.add(new TopicDeletion(topic.name(), topic.topicId(), ErrorCode.NONE, null));
            }
        }
        return new Decision(records, new TopicsDeleted(List.copyOf(results)));
    }

    private boolean isRepeated(TopicReference reference, @Nullable TopicImage topic) {
        return occurrences.getOrDefault(reference, 0) > 1
                || (topic != null && occurrencesById.getOrDefault(topic.topicId(), 0) > 1);
    }

    private @Nullable TopicImage find(TopicReference reference) {
        String name = reference.name();
        return name == null ? topics.byId(reference.topicId()) : topics.byName(name);
    }

    private static TopicDeletion refused(TopicReference reference, ErrorCode error, @Nullable String detail) {
        return new TopicDeletion(reference.name(), reference.topicId(), error, detail);
    }
}
