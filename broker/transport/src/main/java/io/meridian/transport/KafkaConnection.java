package io.meridian.transport;

import io.meridian.base.Invariant;
import io.meridian.protocol.api.RequestHeader;
import io.meridian.protocol.api.ResponseHeader;
import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireLimits;
import io.meridian.protocol.wire.WirePart;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client's side of a connection: sends requests without waiting for the answers of earlier ones, and gives
/// each its response. From any thread.
///
/// Responses come in the order of the requests; one that does not is a broken peer, and ends the connection.
/// When it ends every request without a response fails. Absent on purpose: reconnecting, timeouts, negotiating
/// versions.
public final class KafkaConnection {
    private static final int RESPONSE_BYTES_MAX = 100 * 1024 * 1024;
    private static final int ELEMENTS_MAX = 1_000_000;
    private static final WireLimits RESPONSE_LIMITS = WireLimits.ofElements(ELEMENTS_MAX);

    private final KafkaSocket socket;
    private final @Nullable String clientId;
    private final ArrayDeque<Pending> pending;
    private int nextCorrelationId;

    private record Pending(short apiKey, short version, int correlationId, CompletableFuture<ResponseMessage> answer) {}

    private KafkaConnection(KafkaSocket socket, @Nullable String clientId, ArrayDeque<Pending> pending) {
        this.socket = socket;
        this.clientId = clientId;
        this.pending = pending;
    }

    /// Connects to a broker. Responses hold their bytes in memory of their own until they are collected.
    ///
    /// @param timeouts the response timeouts; the shortest frame is a response's
    public static CompletableFuture<KafkaConnection> connect(
            Vertx vertx, String host, int port, @Nullable String clientId, FrameSettings timeouts) {
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        CompletableFuture<KafkaConnection> connected = new CompletableFuture<>();
        client.connect(port, host)
                .onComplete(
                        opened -> connected.complete(takeOver(client, opened, clientId, timeouts)),
                        connected::completeExceptionally);
        return connected;
    }

    private static KafkaConnection takeOver(
            NetClient client, NetSocket opened, @Nullable String clientId, FrameSettings timeouts) {
        ArrayDeque<Pending> pending = new ArrayDeque<>();
        Responses responses = new Responses(client, pending);
        FrameSettings settings = new FrameSettings(
                FrameSettings.RESPONSE_HEADER_BYTES_MIN, timeouts.frameTimeoutMs(), timeouts.idleTimeoutMs());
        FrameDecoder decoder = new FrameDecoder(settings, new ByteBudget(RESPONSE_BYTES_MAX), responses);
        KafkaSocket socket = KafkaSocket.takeOver(opened, decoder, RESPONSE_BYTES_MAX);
        responses.socket = socket;
        return new KafkaConnection(socket, clientId, pending);
    }

    /// Sends a request in a version of its API that the peer knows; gives the response. For a request that has no
    /// response use [#sendWithoutResponse].
    public CompletableFuture<ResponseMessage> send(RequestMessage request, short version) {
        CompletableFuture<ResponseMessage> answer = new CompletableFuture<>();
        socket.execute(() -> {
            int correlationId = write(request, version);
            pending.add(new Pending(request.apiKey(), version, correlationId, answer));
            if (!socket.isOpen()) {
                failAll(pending, "the connection is closed");
            }
        });
        return answer;
    }

    /// Sends a request that the peer does not answer, such as Produce without acknowledgement.
    public void sendWithoutResponse(RequestMessage request, short version) {
        socket.execute(() -> write(request, version));
    }

    public void close() {
        socket.close();
    }

    private int write(RequestMessage request, short version) {
        int correlationId = nextCorrelationId++;
        WireWriter writer = WireWriter.framed(ByteBuffer::allocate);
        new RequestHeader(request.apiKey(), version, correlationId, clientId).write(writer);
        request.write(writer, version);
        List<ReferenceCounted> parts = new ArrayList<>();
        for (WirePart part : writer.parts()) {
            parts.add(Unpooled.wrappedBuffer(bytesOf(part)));
        }
        socket.write(Outbound.of(parts));
        socket.flush();
        return correlationId;
    }

    private static ByteBuffer bytesOf(WirePart part) {
        return switch (part) {
            case WirePart.Encoded(ByteBuffer buffer) -> buffer;
            case WirePart.Placed(BufferPayload payload) -> payload.duplicate();
            case WirePart.Placed placed ->
                throw Invariant.unreachable("a request carries a payload that is not in memory: " + placed);
        };
    }

    private static void failAll(ArrayDeque<Pending> pending, String reason) {
        while (!pending.isEmpty()) {
            pending.remove().answer().completeExceptionally(new IOException(reason));
        }
    }

    /// The incoming side. Keeps the Vert.x client, which would close its connections if it were collected.
    private static final class Responses implements FrameSink {
        private final NetClient client;
        private final ArrayDeque<Pending> pending;
        private String reason = "the peer closed the connection";
        private @Nullable KafkaSocket socket;

        Responses(NetClient client, ArrayDeque<Pending> pending) {
            this.client = client;
            this.pending = pending;
        }

        @Override
        public int frameBytesMax(short firstBytes) {
            return RESPONSE_BYTES_MAX;
        }

        @Override
        public boolean admits(int frameBytes) {
            return true;
        }

        @Override
        public void onFrame(Frame frame) {
            try {
                ByteBuffer copy = ByteBuffer.allocate(frame.sizeBytes())
                        .put(frame.bytes())
                        .flip();
                answer(copy);
            } catch (WireFormatException malformed) {
                reason = "the peer sent a malformed response: " + malformed.getMessage();
                Invariant.present(socket, "a response came before the connection was taken over")
                        .close();
            } finally {
                frame.release();
            }
        }

        private void answer(ByteBuffer bytes) {
            Pending next = pending.peek();
            int correlationId = bytes.getInt(bytes.position());
            if (next == null || next.correlationId() != correlationId) {
                throw new WireFormatException("a response to request " + correlationId + " while "
                        + (next == null ? "none" : String.valueOf(next.correlationId())) + " is next");
            }
            WireReader reader = new WireReader(bytes, RESPONSE_LIMITS);
            ResponseHeader.read(reader, next.apiKey(), next.version());
            ResponseMessage response = MessageTypes.readResponse(next.apiKey(), reader, next.version());
            pending.remove();
            next.answer().complete(response);
        }

        @Override
        public boolean isBusy() {
            return !pending.isEmpty();
        }

        @Override
        public void onDrop(DropReason dropped, String detail) {
            reason = "the connection was dropped: " + detail;
        }

        @Override
        public void onBroken(Throwable failure) {
            reason = "the connection broke: " + failure;
        }

        @Override
        public void onWritabilityChanged() {}

        @Override
        public void onClosed() {
            failAll(pending, reason);
            var _ = client.close();
        }
    }
}
