package io.meridian.engine.handler;

import io.meridian.base.Uuid;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.engine.security.ResourceType;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeTopicPartitionsRequest;
import io.meridian.protocol.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.meridian.protocol.message.DescribeTopicPartitionsResponse;
import io.meridian.protocol.message.DescribeTopicPartitionsResponse.Cursor;
import io.meridian.protocol.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition;
import io.meridian.protocol.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// DescribeTopicPartitions: topics in the order of names, a page at a time (KIP-966). Needs DESCRIBE on each topic.
///
/// A page ends after the asked number of partitions, at most 2,000; the cursor names the first partition that did
/// not fit, and the next request begins there. No topics named means all.
public final class DescribeTopicPartitionsHandler {
    private static final int PAGE_PARTITIONS_MAX = 2_000;

    private final NodeScope scope;

    public DescribeTopicPartitionsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, DescribeTopicPartitionsRequest request) {
        DescribeTopicPartitionsRequest.Cursor cursor = request.cursor();
        if (cursor != null && cursor.partitionIndex() < 0) {
            scope.closeConnection(context, "a cursor points at partition " + cursor.partitionIndex());
            return;
        }
        Page page = new Page(context, Math.clamp(request.responsePartitionLimit(), 1, PAGE_PARTITIONS_MAX));
        for (String name : names(request, cursor)) {
            int from = cursor != null && cursor.topicName().equals(name) ? cursor.partitionIndex() : 0;
            if (!page.add(name, from, !request.topics().isEmpty())) {
                break;
            }
        }
        scope.reply(
                context,
                DescribeTopicPartitionsResponse.DEFAULT.withTopics(page.topics).withNextCursor(page.next));
    }

    private Iterable<String> names(
            DescribeTopicPartitionsRequest request, DescribeTopicPartitionsRequest.@Nullable Cursor cursor) {
        String from = cursor == null ? "" : cursor.topicName();
        if (!request.topics().isEmpty()) {
            SortedSet<String> named = new TreeSet<>();
            for (TopicRequest topic : request.topics()) {
                named.add(topic.name());
            }
            return named.tailSet(from);
        }
        List<String> all = new ArrayList<>();
        for (TopicImage topic : scope.image().topics().inNameOrderFrom(from)) {
            all.add(topic.name());
        }
        return all;
    }

    /// One reply in the making.
    private final class Page {
        private final RequestContext context;
        private final List<DescribeTopicPartitionsResponseTopic> topics = new ArrayList<>();
        private int room;
        private @Nullable Cursor next;

        Page(RequestContext context, int room) {
            this.context = context;
            this.room = room;
        }

        /// Adds a topic from partition `from` on; false when the page is full.
        boolean add(String name, int from, boolean named) {
            if (!scope.allowsTopic(context, Operation.DESCRIBE, name)) {
                if (named) {
                    topics.add(unknown(name, ErrorCode.TOPIC_AUTHORIZATION_FAILED));
                }
                return true;
            }
            if (room == 0) {
                next = new Cursor(name, from);
                return false;
            }
            TopicImage topic = scope.image().topics().byName(name);
            if (topic == null) {
                ErrorCode error = TopicNameRule.refusal(name) == null
                        ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                        : ErrorCode.INVALID_TOPIC_EXCEPTION;
                topics.add(unknown(name, error)
                        .withTopicAuthorizedOperations(scope.allowedOperations(context, ResourceType.TOPIC, name)));
                return true;
            }
            int end = (int) Math.min(topic.partitionCount(), (long) from + room);
            topics.add(known(topic, from, end));
            room -= Math.max(0, end - from);
            if (end < topic.partitionCount()) {
                next = new Cursor(name, end);
                return false;
            }
            return true;
        }

        private DescribeTopicPartitionsResponseTopic known(TopicImage topic, int from, int end) {
            MetadataImage image = scope.image();
            List<DescribeTopicPartitionsResponsePartition> partitions = new ArrayList<>();
            for (int index = from; index < end; index++) {
                PartitionImage partition = topic.partitions().get(index);
                partitions.add(new DescribeTopicPartitionsResponsePartition(
                        TopicDescriptions.error(partition).code(),
                        index,
                        partition.leader(),
                        partition.leaderEpoch(),
                        partition.replicas(),
                        partition.isr(),
                        List.of(),
                        List.of(),
                        TopicDescriptions.offlineReplicas(image, partition)));
            }
            return new DescribeTopicPartitionsResponseTopic(
                    ErrorCode.NONE.code(),
                    topic.name(),
                    topic.topicId(),
                    TopicNameRule.isInternal(topic.name()),
                    partitions,
                    scope.allowedOperations(context, ResourceType.TOPIC, topic.name()));
        }

        private static DescribeTopicPartitionsResponseTopic unknown(String name, ErrorCode error) {
            return DescribeTopicPartitionsResponseTopic.DEFAULT
                    .withName(name)
                    .withTopicId(Uuid.ZERO)
                    .withErrorCode(error.code());
        }
    }
}
