package io.meridian.server.network;

import io.meridian.base.Invariant;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.ResponseHeader;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Payload;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.protocol.wire.WirePart;
import io.meridian.protocol.wire.WireWriter;
import io.meridian.server.file.FileSlice;
import io.meridian.transport.Outbound;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Turns responses into frames. Confined to one loop, whose scratch memory it fills and copies from.
///
/// Encoded fields go through the scratch buffer into one pooled buffer per run of them; records stay where they
/// are.
final class ResponseEncoder {
    private static final int SCRATCH_BYTES = 64 * 1024;

    private final ByteBufAllocator allocator;
    private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);

    ResponseEncoder(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// The frame of a response. File slices in it become the frame's, to be released with it.
    ///
    /// @throws io.meridian.protocol.wire.UnsupportedFieldException when the version cannot carry the response;
    ///     its slices are the caller's still
    Outbound encode(short apiKey, short apiVersion, int correlationId, ResponseMessage response) {
        short version = ApiSupport.answerVersion(apiKey, apiVersion);
        scratch.clear();
        WireWriter writer = WireWriter.framed(this::piece);
        new ResponseHeader(correlationId).write(writer, apiKey, version);
        response.write(writer, version);
        return assemble(writer.parts());
    }

    private ByteBuffer piece(int minimumBytes) {
        if (scratch.remaining() < minimumBytes) {
            return ByteBuffer.allocate(minimumBytes);
        }
        ByteBuffer piece = scratch.slice(scratch.position(), minimumBytes);
        scratch.position(scratch.position() + minimumBytes);
        return piece;
    }

    private Outbound assemble(List<WirePart> parts) {
        List<ReferenceCounted> assembled = new ArrayList<>();
        int next = 0;
        while (next < parts.size()) {
            switch (parts.get(next)) {
                case WirePart.Encoded encoded -> {
                    int end = endOfRun(parts, next);
                    assembled.add(copy(parts.subList(next, end)));
                    next = end;
                }
                case WirePart.Placed(Payload payload) -> {
                    place(payload, assembled);
                    next++;
                }
            }
        }
        return Outbound.of(assembled);
    }

    private static int endOfRun(List<WirePart> parts, int from) {
        int end = from;
        while (end < parts.size() && parts.get(end) instanceof WirePart.Encoded) {
            end++;
        }
        return end;
    }

    private ByteBuf copy(List<WirePart> run) {
        int bytes = run.stream().mapToInt(WirePart::sizeInBytes).sum();
        ByteBuf copy = allocator.directBuffer(bytes, bytes);
        for (WirePart part : run) {
            if (part instanceof WirePart.Encoded(ByteBuffer buffer)) {
                copy.writeBytes(buffer.duplicate());
            }
        }
        return copy;
    }

    private static void place(Payload payload, List<ReferenceCounted> into) {
        switch (payload) {
            case BufferPayload bytes -> into.add(Unpooled.wrappedBuffer(bytes.duplicate()));
            case FileSlice slice when slice.sizeInBytes() == 0 -> slice.release();
            case FileSlice slice -> into.add(new SliceRegion(slice));
            default -> throw Invariant.unreachable("a response carries a payload that cannot be sent: " + payload);
        }
    }
}
