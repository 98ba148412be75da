package io.meridian.engine.handler;

import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.handler.FetchSessions.Opened;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fetch: read from partitions, waiting for data if asked to. Needs READ on each topic.
///
/// Versions 4 to 18: 7 brings sessions (KIP-227), 9 the client's leader epoch, 11 its rack, 12 the epoch of its last
/// record and the answer where histories diverge, 13 topic ids, 15 the replica's state, which only brokers fill in.
/// A broker's fetch does not belong on the listener of clients and is refused there.
public final class FetchHandler {
    private static final short LOWEST_VERSION_WITH_SESSIONS = 7;
    private static final short LOWEST_VERSION_WITH_TOPIC_IDS = 13;
    private static final short LOWEST_VERSION_WITH_REPLICA_STATE = 15;

    private final NodeScope scope;
    private final FetchSessions sessions;

    public FetchHandler(NodeScope scope, FetchSessions sessions) {
        this.scope = scope;
        this.sessions = sessions;
    }

    public void handle(RequestContext context, FetchRequest request, Now now) {
        short version = context.apiVersion();
        int replicaId = version >= LOWEST_VERSION_WITH_REPLICA_STATE
                ? request.replicaState().replicaId()
                : request.replicaId();
        if (replicaId >= 0) {
            refuse(context, ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
            return;
        }
        boolean byId = version >= LOWEST_VERSION_WITH_TOPIC_IDS;
        Opened opened = version >= LOWEST_VERSION_WITH_SESSIONS
                ? sessions.open(request, byId, now)
                : sessions.withoutSession(request, byId);
        switch (opened) {
            case Opened.Refused(ErrorCode error) -> refuse(context, error);
            case Opened.Partitions(@Nullable FetchSession session, boolean full, List<FetchTarget> targets) ->
                begin(context, request, byId, session, full, targets, now);
        }
    }

    private void begin(
            RequestContext context,
            FetchRequest request,
            boolean byId,
            @Nullable FetchSession session,
            boolean full,
            List<FetchTarget> targets,
            Now now) {
        List<FetchOperation.Item> items = new ArrayList<>(targets.size());
        for (FetchTarget target : targets) {
            TopicImage topic = PartitionResolver.topic(scope.image(), byId, target.topic(), target.topicId());
            ErrorCode error = check(context, byId, target, topic);
            items.add(new FetchOperation.Item(
                    target,
                    error,
                    topic == null
                            ? new TopicIdPartition(target.topicId(), target.partition())
                            : new TopicIdPartition(topic.topicId(), target.partition())));
        }
        new FetchOperation(context, request, scope, session, full, items, now).begin();
    }

    private ErrorCode check(RequestContext context, boolean byId, FetchTarget target, @Nullable TopicImage topic) {
        String name = topic == null ? target.topic() : topic.name();
        if (!scope.allowsTopic(context, Operation.READ, name)) {
            return byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        if (topic == null) {
            return PartitionResolver.unknownTopic(byId);
        }
        return PartitionResolver.leadership(topic, target.partition(), scope.brokerId());
    }

    private void refuse(RequestContext context, ErrorCode error) {
        scope.reply(context, FetchResponse.DEFAULT.withErrorCode(error.code()));
    }
}
