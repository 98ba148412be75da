package io.meridian.engine.handler;

import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.ConsumerGroupDescribeRequest;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.DeleteGroupsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DescribeClusterRequest;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeGroupsRequest;
import io.meridian.protocol.message.DescribeTopicPartitionsRequest;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FindCoordinatorRequest;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.InitProducerIdRequest;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.LeaveGroupRequest;
import io.meridian.protocol.message.ListGroupsRequest;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.OffsetCommitRequest;
import io.meridian.protocol.message.OffsetDeleteRequest;
import io.meridian.protocol.message.OffsetFetchRequest;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.wire.RequestMessage;

/// Every handler of a node, found by the type of the request. What is advertised has a handler here.
public final class RequestHandlers {
    private final NodeScope scope;
    private final ProduceHandler produce;
    private final FetchHandler fetch;
    private final ListOffsetsHandler listOffsets;
    private final MetadataHandler metadata;
    private final ApiVersionsHandler apiVersions;
    private final CreateTopicsHandler createTopics;
    private final DeleteTopicsHandler deleteTopics;
    private final InitProducerIdHandler initProducerId;
    private final OffsetForLeaderEpochHandler offsetForLeaderEpoch;
    private final DescribeConfigsHandler describeConfigs;
    private final DescribeClusterHandler describeCluster;
    private final DescribeTopicPartitionsHandler describeTopicPartitions;
    private final FindCoordinatorHandler findCoordinator;
    private final JoinGroupHandler joinGroup;
    private final SyncGroupHandler syncGroup;
    private final HeartbeatHandler heartbeat;
    private final LeaveGroupHandler leaveGroup;
    private final OffsetCommitHandler offsetCommit;
    private final OffsetFetchHandler offsetFetch;
    private final OffsetDeleteHandler offsetDelete;
    private final DescribeGroupsHandler describeGroups;
    private final ListGroupsHandler listGroups;
    private final DeleteGroupsHandler deleteGroups;
    private final ConsumerGroupDescribeHandler consumerGroupDescribe;

    public RequestHandlers(NodeScope scope, ControllerClient controller, GroupClient groups, FetchSessions sessions) {
        this.scope = scope;
        this.produce = new ProduceHandler(scope);
        this.fetch = new FetchHandler(scope, sessions);
        this.listOffsets = new ListOffsetsHandler(scope);
        this.metadata = new MetadataHandler(scope, controller);
        this.apiVersions = new ApiVersionsHandler(scope);
        this.createTopics = new CreateTopicsHandler(scope, controller);
        this.deleteTopics = new DeleteTopicsHandler(scope, controller);
        this.initProducerId = new InitProducerIdHandler(scope, controller);
        this.offsetForLeaderEpoch = new OffsetForLeaderEpochHandler(scope);
        this.describeConfigs = new DescribeConfigsHandler(scope);
        this.describeCluster = new DescribeClusterHandler(scope);
        this.describeTopicPartitions = new DescribeTopicPartitionsHandler(scope);
        this.findCoordinator = new FindCoordinatorHandler(scope, controller, groups);
        this.joinGroup = new JoinGroupHandler(scope, groups);
        this.syncGroup = new SyncGroupHandler(scope, groups);
        this.heartbeat = new HeartbeatHandler(scope, groups);
        this.leaveGroup = new LeaveGroupHandler(scope, groups);
        this.offsetCommit = new OffsetCommitHandler(scope, groups);
        this.offsetFetch = new OffsetFetchHandler(scope, groups);
        this.offsetDelete = new OffsetDeleteHandler(scope, groups);
        this.describeGroups = new DescribeGroupsHandler(scope, groups);
        this.listGroups = new ListGroupsHandler(scope, groups);
        this.deleteGroups = new DeleteGroupsHandler(scope, groups);
        this.consumerGroupDescribe = new ConsumerGroupDescribeHandler(scope);
    }

    public void handle(RequestContext context, RequestMessage request, Now now) {
        switch (request) {
            case ProduceRequest r -> produce.handle(context, r, now);
            case FetchRequest r -> fetch.handle(context, r, now);
            case ListOffsetsRequest r -> listOffsets.handle(context, r);
            case MetadataRequest r -> metadata.handle(context, r);
            case ApiVersionsRequest r -> apiVersions.handle(context, r);
            case CreateTopicsRequest r -> createTopics.handle(context, r);
            case DeleteTopicsRequest r -> deleteTopics.handle(context, r);
            case InitProducerIdRequest r -> initProducerId.handle(context, r);
            case OffsetForLeaderEpochRequest r -> offsetForLeaderEpoch.handle(context, r);
            case DescribeConfigsRequest r -> describeConfigs.handle(context, r);
            case DescribeClusterRequest r -> describeCluster.handle(context, r);
            case DescribeTopicPartitionsRequest r -> describeTopicPartitions.handle(context, r);
            case FindCoordinatorRequest r -> findCoordinator.handle(context, r);
            case JoinGroupRequest r -> joinGroup.handle(context, r);
            case SyncGroupRequest r -> syncGroup.handle(context, r);
            case HeartbeatRequest r -> heartbeat.handle(context, r);
            case LeaveGroupRequest r -> leaveGroup.handle(context, r);
            case OffsetCommitRequest r -> offsetCommit.handle(context, r);
            case OffsetFetchRequest r -> offsetFetch.handle(context, r);
            case OffsetDeleteRequest r -> offsetDelete.handle(context, r);
            case DescribeGroupsRequest r -> describeGroups.handle(context, r);
            case ListGroupsRequest r -> listGroups.handle(context, r);
            case DeleteGroupsRequest r -> deleteGroups.handle(context, r);
            case ConsumerGroupDescribeRequest r -> consumerGroupDescribe.handle(context, r);
            default -> scope.closeConnection(context, "API " + request.apiKey() + " is not offered here");
        }
    }
}
