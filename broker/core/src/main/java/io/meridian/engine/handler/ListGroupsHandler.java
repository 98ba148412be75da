package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.ListGroupsRequest;
import io.meridian.protocol.message.ListGroupsResponse;
import io.meridian.protocol.message.ListGroupsResponse.ListedGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// ListGroups: the groups that this broker coordinates. Needs DESCRIBE on the cluster, else shows the groups on
/// which the principal has DESCRIBE.
///
/// While a coordinator loads the list is what the others know, with COORDINATOR_LOAD_IN_PROGRESS.
public final class ListGroupsHandler {
    private final NodeScope scope;
    private final GroupClient groups;

    public ListGroupsHandler(NodeScope scope, GroupClient groups) {
        this.scope = scope;
        this.groups = groups;
    }

    public void handle(RequestContext context, ListGroupsRequest request) {
        List<TopicIdPartition> led = led();
        Countdown<ListGroupsResponse> results = new Countdown<>(led.size(), all -> answer(context, request, all));
        for (int slot = 0; slot < led.size(); slot++) {
            int answered = slot;
            groups.ask(
                    led.get(slot),
                    new GroupQuestion.ListAll(),
                    outcome -> results.put(
                            answered,
                            GroupClient.valueOf(
                                    outcome,
                                    ListGroupsResponse.class,
                                    error -> ListGroupsResponse.DEFAULT.withErrorCode(error.code()))));
        }
    }

    private List<TopicIdPartition> led() {
        List<TopicIdPartition> led = new ArrayList<>();
        TopicImage topic = groups.offsetsTopic();
        if (topic != null) {
            for (PartitionImage partition : topic.partitions()) {
                if (partition.leader() == scope.brokerId()) {
                    led.add(new TopicIdPartition(topic.topicId(), partition.partition()));
                }
            }
        }
        return led;
    }

    private void answer(RequestContext context, ListGroupsRequest request, List<ListGroupsResponse> shards) {
        short error = ErrorCode.NONE.code();
        List<ListedGroup> listed = new ArrayList<>();
        boolean seesAll = scope.allowsCluster(context, Operation.DESCRIBE);
        for (ListGroupsResponse shard : shards) {
            if (shard.errorCode() != ErrorCode.NONE.code()) {
                error = shard.errorCode();
            }
            for (ListedGroup group : shard.groups()) {
                boolean isAsked = matches(request.statesFilter(), group.groupState())
                        && matches(request.typesFilter(), group.groupType());
                if (isAsked && (seesAll || scope.allowsGroup(context, Operation.DESCRIBE, group.groupId()))) {
                    listed.add(group);
                }
            }
        }
        listed.sort(Comparator.comparing(ListedGroup::groupId));
        scope.reply(context, ListGroupsResponse.DEFAULT.withErrorCode(error).withGroups(listed));
    }

    private static boolean matches(List<String> filter, String value) {
        return filter.isEmpty() || filter.stream().anyMatch(value::equalsIgnoreCase);
    }
}
