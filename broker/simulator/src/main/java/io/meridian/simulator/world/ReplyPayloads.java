package io.meridian.simulator.world;

import io.meridian.log.storage.FetchedSlice;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Payload;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.simulator.disk.SimulatedSlice;
import java.nio.ByteBuffer;

/// The bytes that a reply carries besides its fields.
public final class ReplyPayloads {
    private ReplyPayloads() {}

    /// The bytes that the network would send for `payload`.
    public static ByteBuffer bytesOf(Payload payload) {
        return switch (payload) {
            case BufferPayload buffer -> buffer.duplicate();
            case SimulatedSlice slice -> slice.bytes();
            default -> throw new IllegalStateException("a payload of unknown kind: " + payload.getClass());
        };
    }

    /// Gives back every file range of a reply that was sent or dropped.
    static void release(ResponseMessage response) {
        if (response instanceof FetchResponse fetch) {
            for (FetchResponse.FetchableTopicResponse topic : fetch.responses()) {
                for (FetchResponse.PartitionData partition : topic.partitions()) {
                    if (partition.records() instanceof FetchedSlice slice) {
                        slice.release();
                    }
                }
            }
        }
    }
}
