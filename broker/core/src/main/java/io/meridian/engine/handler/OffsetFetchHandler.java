package io.meridian.engine.handler;

import io.meridian.base.Uuid;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.OffsetFetchRequest;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.meridian.protocol.message.OffsetFetchResponse;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopic;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// OffsetFetch: how far groups have read. Needs DESCRIBE on each group and on each topic.
///
/// Topics null means all that the group has offsets for. A partition without an offset is -1 and no error. Before
/// version 8 a request names one group. A partition or group that is named twice is told once, as metadata of offsets
/// is a thousand times longer than the number of a partition. Since version 10 topics are named by their ids.
public final class OffsetFetchHandler {
    private static final short LOWEST_VERSION_WITH_ERROR = 2;
    private static final short LOWEST_VERSION_WITH_GROUPS = 8;
    private static final short LOWEST_VERSION_WITH_TOPIC_IDS = 10;
    private static final long NO_OFFSET = -1L;
    private static final int NO_EPOCH = -1;

    private record Asked(String topic, int partition) {}

    private final NodeScope scope;
    private final GroupClient groups;

    public OffsetFetchHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, OffsetFetchRequest request) {
        if (context.apiVersion() >= LOWEST_VERSION_WITH_GROUPS) {
            Countdown<OffsetFetchResponseGroup> results = new Countdown<>(
                    request.groups().size(), all -> scope.reply(context, OffsetFetchResponse.DEFAULT.withGroups(all)));
            Set<String> seen = new HashSet<>();
            for (int slot = 0; slot < request.groups().size(); slot++) {
                int answered = slot;
                OffsetFetchRequestGroup group = request.groups().get(slot);
                if (seen.add(group.groupId())) {
                    fetch(context, group, result -> results.put(answered, result));
                } else {
                    results.put(answered, refused(group.groupId(), ErrorCode.INVALID_REQUEST));
                }
            }
            return;
        }
        fetch(context, oneGroup(request), result -> scope.reply(context, ofOneGroup(context, request, result)));
    }

    private static OffsetFetchRequestGroup oneGroup(OffsetFetchRequest request) {
        List<OffsetFetchRequest.OffsetFetchRequestTopic> asked = request.topics();
        List<OffsetFetchRequestTopics> topics = asked == null
                ? null
                : asked.stream()
                        .map(topic -> new OffsetFetchRequestTopics(topic.name(), Uuid.ZERO, topic.partitionIndexes()))
                        .toList();
        return OffsetFetchRequestGroup.DEFAULT.withGroupId(request.groupId()).withTopics(topics);
    }

    /// The first versions have no error of the whole: it goes to each partition.
    private static OffsetFetchResponse ofOneGroup(
            RequestContext context, OffsetFetchRequest request, OffsetFetchResponseGroup result) {
        boolean toEach =
                context.apiVersion() < LOWEST_VERSION_WITH_ERROR && result.errorCode() != ErrorCode.NONE.code();
        List<OffsetFetchRequestTopics> asked = oneGroup(request).topics();
        List<OffsetFetchResponseTopics> topics =
                toEach && asked != null ? refusedTopics(asked, result.errorCode()) : result.topics();
        return OffsetFetchResponse.DEFAULT
                .withErrorCode(result.errorCode())
                .withTopics(topics.stream()
                        .map(topic -> new OffsetFetchResponseTopic(
                                topic.name(),
                                topic.partitions().stream()
                                        .map(partition -> new OffsetFetchResponsePartition(
                                                partition.partitionIndex(),
                                                partition.committedOffset(),
                                                partition.committedLeaderEpoch(),
                                                partition.metadata(),
                                                partition.errorCode()))
                                        .toList()))
                        .toList());
    }

    private void fetch(
            RequestContext context, OffsetFetchRequestGroup group, Consumer<OffsetFetchResponseGroup> whenDone) {
        String groupId = group.groupId();
        ErrorCode refusal = GroupAccess.check(scope, context, Operation.DESCRIBE, groupId);
        if (refusal != ErrorCode.NONE) {
            whenDone.accept(refused(groupId, refusal));
            return;
        }
        List<OffsetFetchRequestTopics> asked = group.topics();
        List<OffsetFetchResponseTopics> refused = new ArrayList<>();
        List<OffsetFetchRequestTopics> allowed = asked == null ? null : allowed(context, asked, refused);
        groups.ask(
                groupId,
                new GroupQuestion.FetchOffsets(groupId, allowed),
                outcome -> whenDone.accept(finished(
                        context,
                        GroupClient.valueOf(outcome, OffsetFetchResponseGroup.class, error -> refused(groupId, error)),
                        refused)));
    }

    private List<OffsetFetchRequestTopics> allowed(
            RequestContext context, List<OffsetFetchRequestTopics> asked, List<OffsetFetchResponseTopics> refused) {
        boolean byId = context.apiVersion() >= LOWEST_VERSION_WITH_TOPIC_IDS;
        List<OffsetFetchRequestTopics> allowed = new ArrayList<>(asked.size());
        Set<Asked> seen = new HashSet<>();
        for (OffsetFetchRequestTopics topic : asked) {
            TopicImage known = PartitionResolver.topic(scope.image(), byId, topic.name(), topic.topicId());
            if (byId && known == null) {
                refused.add(refusedTopic(topic, ErrorCode.UNKNOWN_TOPIC_ID.code()));
                continue;
            }
            String name = known == null ? topic.name() : known.name();
            if (scope.allowsTopic(context, Operation.DESCRIBE, name)) {
                List<Integer> partitions = topic.partitionIndexes().stream()
                        .filter(partition -> seen.add(new Asked(name, partition)))
                        .toList();
                allowed.add(topic.withName(name).withPartitionIndexes(partitions));
            } else {
                refused.add(refusedTopic(topic, ErrorCode.TOPIC_AUTHORIZATION_FAILED.code()));
            }
        }
        return allowed;
    }

    /// Leaves out what may not be seen, and names topics as the version does.
    private OffsetFetchResponseGroup finished(
            RequestContext context, OffsetFetchResponseGroup group, List<OffsetFetchResponseTopics> refused) {
        boolean byId = context.apiVersion() >= LOWEST_VERSION_WITH_TOPIC_IDS;
        List<OffsetFetchResponseTopics> topics = new ArrayList<>();
        for (OffsetFetchResponseTopics topic : group.topics()) {
            if (!scope.allowsTopic(context, Operation.DESCRIBE, topic.name())) {
                continue;
            }
            TopicImage known = scope.image().topics().byName(topic.name());
            if (!byId) {
                topics.add(topic.withTopicId(Uuid.ZERO));
            } else if (known != null) {
                topics.add(topic.withName("").withTopicId(known.topicId()));
            }
        }
        if (group.errorCode() == ErrorCode.NONE.code()) {
            topics.addAll(refused);
        }
        return group.withTopics(topics);
    }

    private static OffsetFetchResponseGroup refused(String groupId, ErrorCode error) {
        return new OffsetFetchResponseGroup(groupId, List.of(), error.code());
    }

    private static List<OffsetFetchResponseTopics> refusedTopics(List<OffsetFetchRequestTopics> asked, short error) {
        return asked.stream().map(topic -> refusedTopic(topic, error)).toList();
    }

    private static OffsetFetchResponseTopics refusedTopic(OffsetFetchRequestTopics topic, short error) {
        List<OffsetFetchResponsePartitions> partitions = topic.partitionIndexes().stream()
                .map(partition -> new OffsetFetchResponsePartitions(partition, NO_OFFSET, NO_EPOCH, "", error))
                .toList();
        return new OffsetFetchResponseTopics(topic.name(), topic.topicId(), partitions);
    }
}
