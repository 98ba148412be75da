package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.ElectLeadersRequest;
import io.meridian.protocol.message.ElectLeadersRequest.TopicPartitions;
import io.meridian.protocol.message.ElectLeadersResponse;
import io.meridian.protocol.message.ElectLeadersResponse.PartitionResult;
import io.meridian.protocol.message.ElectLeadersResponse.ReplicaElectionResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ElectLeaders: the preferred replica is to lead, or any that can (KIP-183, KIP-460). Needs ALTER on the cluster.
///
/// Every partition has one replica, so an election can change nothing: a partition is led as asked, or cannot be led.
/// Asked about all partitions, only those that got another leader are named, which are none.
public final class ElectLeadersHandler {
    private static final byte PREFERRED = 0;
    private static final byte UNCLEAN = 1;
    private static final short LOWEST_VERSION_WITH_ERROR = 1;

    private final NodeScope scope;

    public ElectLeadersHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, ElectLeadersRequest request) {
        ErrorCode refused = refusal(context, request);
        List<ReplicaElectionResult> results = new ArrayList<>();
        List<TopicPartitions> asked = request.topicPartitions();
        if (asked != null) {
            for (TopicPartitions topic : asked) {
                TopicImage image = scope.image().topics().byName(topic.topic());
                List<PartitionResult> partitions =
                        new ArrayList<>(topic.partitions().size());
                for (int partition : topic.partitions()) {
                    ErrorCode error = refused != ErrorCode.NONE
                            ? refused
                            : election(image == null ? null : image.partition(partition), request.electionType());
                    partitions.add(new PartitionResult(partition, error.code(), error.meaning()));
                }
                results.add(new ReplicaElectionResult(topic.topic(), partitions));
            }
        }
        ElectLeadersResponse response = ElectLeadersResponse.DEFAULT.withReplicaElectionResults(results);
        boolean saysItself = context.apiVersion() >= LOWEST_VERSION_WITH_ERROR;
        scope.reply(context, saysItself ? response.withErrorCode(refused.code()) : response);
    }

    private ErrorCode refusal(RequestContext context, ElectLeadersRequest request) {
        if (!scope.allowsCluster(context, Operation.ALTER)) {
            return ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        }
        return request.electionType() == PREFERRED || request.electionType() == UNCLEAN
                ? ErrorCode.NONE
                : ErrorCode.INVALID_REQUEST;
    }

    private static ErrorCode election(@Nullable PartitionImage partition, byte electionType) {
        if (partition == null) {
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        }
        if (electionType == UNCLEAN) {
            return partition.hasLeader() ? ErrorCode.ELECTION_NOT_NEEDED : ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE;
        }
        return partition.leader() == partition.replicas().getFirst()
                ? ErrorCode.ELECTION_NOT_NEEDED
                : ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE;
    }
}
