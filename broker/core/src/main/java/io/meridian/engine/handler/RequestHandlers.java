package io.meridian.engine.handler;

import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.protocol.message.AlterConfigsRequest;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.CreateAclsRequest;
import io.meridian.protocol.message.CreatePartitionsRequest;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.DeleteAclsRequest;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.DescribeAclsRequest;
import io.meridian.protocol.message.DescribeClientQuotasRequest;
import io.meridian.protocol.message.DescribeClusterRequest;
import io.meridian.protocol.message.DescribeConfigsRequest;
import io.meridian.protocol.message.DescribeLogDirsRequest;
import io.meridian.protocol.message.DescribeProducersRequest;
import io.meridian.protocol.message.DescribeTopicPartitionsRequest;
import io.meridian.protocol.message.DescribeUserScramCredentialsRequest;
import io.meridian.protocol.message.ElectLeadersRequest;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.IncrementalAlterConfigsRequest;
import io.meridian.protocol.message.InitProducerIdRequest;
import io.meridian.protocol.message.ListConfigResourcesRequest;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.ListPartitionReassignmentsRequest;
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
    private final CreatePartitionsHandler createPartitions;
    private final AlterConfigsHandler alterConfigs;
    private final IncrementalAlterConfigsHandler incrementalAlterConfigs;
    private final ListConfigResourcesHandler listConfigResources;
    private final ListPartitionReassignmentsHandler listPartitionReassignments;
    private final ElectLeadersHandler electLeaders;
    private final DescribeClientQuotasHandler describeClientQuotas;
    private final DescribeProducersHandler describeProducers;
    private final DescribeLogDirsHandler describeLogDirs;
    private final AclHandlers acls;
    private final DescribeUserScramCredentialsHandler describeUserScramCredentials;

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
        ConfigAlterationFlow alterations = new ConfigAlterationFlow(scope, controller);
        this.createPartitions = new CreatePartitionsHandler(scope, controller);
        this.alterConfigs = new AlterConfigsHandler(scope, alterations);
        this.incrementalAlterConfigs = new IncrementalAlterConfigsHandler(scope, alterations);
        this.listConfigResources = new ListConfigResourcesHandler(scope);
        this.listPartitionReassignments = new ListPartitionReassignmentsHandler(scope);
        this.electLeaders = new ElectLeadersHandler(scope);
        this.describeClientQuotas = new DescribeClientQuotasHandler(scope);
        this.describeProducers = new DescribeProducersHandler(scope);
        this.describeLogDirs = new DescribeLogDirsHandler(scope);
        this.acls = new AclHandlers(scope);
        this.describeUserScramCredentials = new DescribeUserScramCredentialsHandler(scope);
    }

    public void handle(RequestContext context, RequestMessage request, Now now) {
        switch (request) {
            case ProduceRequest r -> produce.handle(context, r, now);
            case FetchRequest r -> fetch.handle(context, r, now);
            case ListOffsetsRequest r -> listOffsets.handle(context, r);
            case MetadataRequest r -> metadata.handle(context, r);
            case ApiVersionsRequest r -> apiVersions.handle(context, r);
            case CreateTopicsRequest r -> createTopics.handle(context, r, now);
            case DeleteTopicsRequest r -> deleteTopics.handle(context, r);
            case DeleteRecordsRequest r -> deleteRecords.handle(context, r, now);
            case InitProducerIdRequest r -> initProducerId.handle(context, r);
            case OffsetForLeaderEpochRequest r -> offsetForLeaderEpoch.handle(context, r);
            case DescribeConfigsRequest r -> describeConfigs.handle(context, r);
            case DescribeClusterRequest r -> describeCluster.handle(context, r);
            case DescribeTopicPartitionsRequest r -> describeTopicPartitions.handle(context, r);
            case CreatePartitionsRequest r -> createPartitions.handle(context, r, now);
            case AlterConfigsRequest r -> alterConfigs.handle(context, r);
            case IncrementalAlterConfigsRequest r -> incrementalAlterConfigs.handle(context, r);
            case ListConfigResourcesRequest r -> listConfigResources.handle(context, r);
            case ListPartitionReassignmentsRequest r -> listPartitionReassignments.handle(context, r);
            case ElectLeadersRequest r -> electLeaders.handle(context, r);
            case DescribeClientQuotasRequest r -> describeClientQuotas.handle(context, r);
            case DescribeProducersRequest r -> describeProducers.handle(context, r);
            case DescribeLogDirsRequest r -> describeLogDirs.handle(context, r);
            case DescribeUserScramCredentialsRequest r -> describeUserScramCredentials.handle(context, r);
            case DescribeAclsRequest r -> acls.describe(context, r);
            case CreateAclsRequest r -> acls.create(context, r);
            case DeleteAclsRequest r -> acls.delete(context, r);
            default -> scope.closeConnection(context, "API " + request.apiKey() + " is not offered here");
        }
    }
}
