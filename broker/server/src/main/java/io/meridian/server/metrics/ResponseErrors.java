package io.meridian.server.metrics;

import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.CreateTopicsResponse;
import io.meridian.protocol.message.DeleteTopicsResponse;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.FindCoordinatorResponse;
import io.meridian.protocol.message.HeartbeatResponse;
import io.meridian.protocol.message.InitProducerIdResponse;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.LeaveGroupResponse;
import io.meridian.protocol.message.ListOffsetsResponse;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.OffsetCommitResponse;
import io.meridian.protocol.message.OffsetFetchResponse;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.message.SyncGroupResponse;
import io.meridian.protocol.wire.ResponseMessage;

/// The errors in the responses that clients get all the time; those of rare administration are not looked for.
final class ResponseErrors {
    @FunctionalInterface
    interface Listener {
        void onError(short errorCode);
    }

    private ResponseErrors() {}

    /// Tells `listener` of each error, once per partition, topic, member or response that has it.
    static void forEach(ResponseMessage response, Listener listener) {
        switch (response) {
            case ProduceResponse produce -> {
                for (var topic : produce.responses()) {
                    for (var partition : topic.partitionResponses()) {
                        tell(partition.errorCode(), listener);
                    }
                }
            }
            case FetchResponse fetch -> {
                tell(fetch.errorCode(), listener);
                for (var topic : fetch.responses()) {
                    for (var partition : topic.partitions()) {
                        tell(partition.errorCode(), listener);
                    }
                }
            }
            case ListOffsetsResponse offsets ->
                offsets.topics()
                        .forEach(topic ->
                                topic.partitions().forEach(partition -> tell(partition.errorCode(), listener)));
            case OffsetCommitResponse commit ->
                commit.topics()
                        .forEach(topic ->
                                topic.partitions().forEach(partition -> tell(partition.errorCode(), listener)));
            case OffsetFetchResponse fetch -> {
                tell(fetch.errorCode(), listener);
                fetch.groups().forEach(group -> tell(group.errorCode(), listener));
            }
            case MetadataResponse metadata -> metadata.topics().forEach(topic -> tell(topic.errorCode(), listener));
            case FindCoordinatorResponse found -> {
                tell(found.errorCode(), listener);
                found.coordinators().forEach(coordinator -> tell(coordinator.errorCode(), listener));
            }
            case LeaveGroupResponse leave -> {
                tell(leave.errorCode(), listener);
                leave.members().forEach(member -> tell(member.errorCode(), listener));
            }
            case CreateTopicsResponse create -> create.topics().forEach(topic -> tell(topic.errorCode(), listener));
            case DeleteTopicsResponse delete -> delete.responses().forEach(topic -> tell(topic.errorCode(), listener));
            case JoinGroupResponse join -> tell(join.errorCode(), listener);
            case SyncGroupResponse sync -> tell(sync.errorCode(), listener);
            case HeartbeatResponse beat -> tell(beat.errorCode(), listener);
            case InitProducerIdResponse producer -> tell(producer.errorCode(), listener);
            default -> {}
        }
    }

    private static void tell(short errorCode, Listener listener) {
        if (errorCode != ErrorCode.NONE.code()) {
            listener.onError(errorCode);
        }
    }
}
