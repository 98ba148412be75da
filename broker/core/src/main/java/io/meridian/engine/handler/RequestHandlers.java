package io.meridian.engine.handler;

import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DescribeClusterRequest;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeTopicPartitionsRequest;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.InitProducerIdRequest;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest;
import io.meridian.protocol.message.ProduceRequest;
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
    private final DeleteRecordsHandler deleteRecords;
    private final InitProducerIdHandler initProducerId;
    private final OffsetForLeaderEpochHandler offsetForLeaderEpoch;
    private final DescribeConfigsHandler describeConfigs;
    private final DescribeClusterHandler describeCluster;
    private final DescribeTopicPartitionsHandler describeTopicPartitions;

    public RequestHandlers(NodeScope scope, ControllerClient controller, FetchSessions sessions) {
        this.scope = scope;
        this.produce = new ProduceHandler(scope);
        this.fetch = new FetchHandler(scope, sessions);
        this.listOffsets = new ListOffsetsHandler(scope);
        this.metadata = new MetadataHandler(scope, controller);
        this.apiVersions = new ApiVersionsHandler(scope);
        this.createTopics = new CreateTopicsHandler(scope, controller);
        this.deleteTopics = new DeleteTopicsHandler(scope, controller);
        this.deleteRecords = new DeleteRecordsHandler(scope);
        this.initProducerId = new InitProducerIdHandler(scope, controller);
        this.offsetForLeaderEpoch = new OffsetForLeaderEpochHandler(scope);
        this.describeConfigs = new DescribeConfigsHandler(scope);
        this.describeCluster = new DescribeClusterHandler(scope);
        this.describeTopicPartitions = new DescribeTopicPartitionsHandler(scope);
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
            case DeleteRecordsRequest r -> deleteRecords.handle(context, r, now);
            case InitProducerIdRequest r -> initProducerId.handle(context, r);
            case OffsetForLeaderEpochRequest r -> offsetForLeaderEpoch.handle(context, r);
            case DescribeConfigsRequest r -> describeConfigs.handle(context, r);
            case DescribeClusterRequest r -> describeCluster.handle(context, r);
            case DescribeTopicPartitionsRequest r -> describeTopicPartitions.handle(context, r);
            default -> scope.closeConnection(context, "API " + request.apiKey() + " is not offered here");
        }
    }
}
