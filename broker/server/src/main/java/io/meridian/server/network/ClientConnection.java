package io.meridian.server.network;

import io.meridian.base.Invariant;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.ReceivedRequest;
import io.meridian.protocol.api.RequestHeader;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.protocol.wire.UnsupportedFieldException;
import io.meridian.protocol.wire.UnsupportedVersionException;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.server.metrics.NetworkMetrics;
import io.meridian.server.runtime.NodeLoop;
import io.meridian.transport.ByteBudget;
import io.meridian.transport.DropReason;
import io.meridian.transport.Frame;
import io.meridian.transport.FrameSink;
import io.meridian.transport.KafkaSocket;
import io.meridian.transport.Outbound;
import io.meridian.transport.ResponseQueue;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// One client's connection, on its loop.
///
/// Reading stops while too much of this connection is in work, its client does not take its responses, or the
/// disks do not keep up; it goes on at the end of a turn, never within one. Bytes behind a request's last field
/// are not looked at, as in Kafka.
final class ClientConnection implements FrameSink {
    /// What the connections of one loop share.
    record Surroundings(
            NodeLoop loop, ResponseEncoder encoder, ByteBudget budget, NetworkMetrics metrics, QuietLog log) {}

    /// Between what the elements of requests take on the wire and on the heap.
    private static final int OBJECTS_FACTOR = 8;

    private static final long WAITING_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long WAITING_BYTES_MAX = 16 * 1024;

    private final Surroundings surroundings;
    private final int requestBytesMax;
    private final ResponseQueue<Outbound> responses;
    private final Consumer<ClientConnection> closedListener;
    private @Nullable KafkaSocket socket;
    private String clientHost = "";
    private String peer = "unknown";
    private boolean hasTurn = true;
    private boolean stalled;
    private boolean turnEndAsked;
    private boolean closed;

    /// @param closedListener called once when the connection is gone
    ClientConnection(Surroundings surroundings, NetworkSettings settings, Consumer<ClientConnection> closedListener) {
        this.surroundings = surroundings;
        this.requestBytesMax = settings.requestBytesMax();
        this.responses = new ResponseQueue<>(settings.requestsInWorkMax(), settings.requestBytesInWorkMax());
        this.closedListener = closedListener;
    }

    /// The client's address as tools print it.
    String clientHost() {
        return clientHost;
    }

    /// To be called once, before the first byte is read.
    void attach(KafkaSocket taken) {
        clientHost = "/" + taken.peerHost();
        socket = taken;
        peer = taken.peer();
    }

    /// Nothing is read until [#takeTurn()].
    void waitForTurn() {
        hasTurn = false;
    }

    void takeTurn() {
        hasTurn = true;
        reconsider();
    }

    @Override
    public int frameBytesMax(short apiKey) {
        ApiKey key = ApiKey.of(apiKey);
        int apiMax = key == null
                ? ApiSupport.UNAUTHENTICATED_FRAME_BYTES
                : ApiSupport.of(key).maxFrameBytes();
        return Math.min(apiMax, requestBytesMax);
    }

    /// Records stay the bytes that they are; of everything else objects are made.
    @Override
    public long memoryBytes(short apiKey, int frameBytes) {
        return apiKey == ApiKey.PRODUCE.number() ? frameBytes : (long) frameBytes * OBJECTS_FACTOR;
    }

    @Override
    public boolean admits(int frameBytes) {
        stalled = !hasTurn
                || !responses.admits(frameBytes)
                || !socket().isWritable()
                || !surroundings.loop().admitsRequests();
        return !stalled;
    }

    @Override
    public void onFrame(Frame frame) {
        surroundings.metrics().onReceived(frame.sizeBytes());
        boolean handedOver = false;
        try {
            handedOver = decode(frame);
        } catch (WireFormatException malformed) {
            onDrop(DropReason.MALFORMED, String.valueOf(malformed.getMessage()));
            socket().close();
        } finally {
            if (!handedOver) {
                frame.release();
            }
        }
    }

    private boolean decode(Frame frame) {
        ByteBuffer bytes = frame.bytes();
        ReceivedRequest request = ReceivedRequest.read(bytes);
        if (request == null) {
            short apiKey = bytes.getShort(bytes.position());
            short apiVersion = bytes.getShort(bytes.position() + Short.BYTES);
            onDrop(DropReason.UNSUPPORTED, "API " + apiKey + " in version " + apiVersion + " is not served");
            socket().close();
            return false;
        }
        long nowNs = System.nanoTime();
        ClientRequest exchange =
                new ClientRequest(this, request.header(), frame, responses.open(frame.sizeBytes(), nowNs), nowNs);
        surroundings.loop().onRequest(exchange, request.message());
        return true;
    }

    void reply(ClientRequest request, ResponseMessage response) {
        RequestHeader header = request.header();
        Outbound frame;
        try {
            frame = surroundings
                    .encoder()
                    .encode(header.apiKey(), header.apiVersion(), header.correlationId(), response);
        } catch (UnsupportedFieldException | UnsupportedVersionException inexpressible) {
            close(request, "a response cannot be encoded: " + inexpressible.getMessage());
            return;
        }
        if (!closed && isInTheWay()) {
            frame.release();
            onDrop(DropReason.UNREAD, "more responses than memory has room for");
            close(request, "its responses are not taken");
            return;
        }
        request.frame().release();
        ApiKey key = Invariant.present(ApiKey.of(header.apiKey()), "a request without an API was answered");
        surroundings.metrics().onAnswered(key, response, System.nanoTime() - request.receivedNs(), frame.sizeBytes());
        Outbound charged = frame.chargedTo(surroundings.budget());
        if (responses.answer(request.slot(), charged)) {
            askForTurnEnd();
        } else {
            charged.release();
        }
    }

    /// Whether memory is short and earlier responses of this connection are part of the reason.
    private boolean isInTheWay() {
        return (responses.answered() > 0 || !socket().isWritable())
                && surroundings.budget().isOverdrawn();
    }

    void noReply(ClientRequest request) {
        request.frame().release();
        responses.skip(request.slot());
        askForTurnEnd();
    }

    void close(ClientRequest request, String reason) {
        request.frame().release();
        responses.skip(request.slot());
        if (!closed) {
            surroundings.log().line(Level.INFO, "connection closed by the broker", peer, reason);
            socket().close();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /// Others wait for memory. A client that has this connection hold much of it, and lets it wait for something to
    /// happen, can ask again.
    void makeRoom(long nowNs) {
        if (responses.oldestNs(nowNs) >= WAITING_NS && responses.bytesInWork() >= WAITING_BYTES_MAX && !closed) {
            onDrop(DropReason.WAITING, "its requests waited while others waited for their memory");
            socket().close();
        }
    }

    /// Runs `task` on the connection's loop: at once when it is the caller's.
    void onLoop(Runnable task) {
        if (socket().isInEventLoop()) {
            task.run();
        } else {
            socket().execute(task);
        }
    }

    /// Looks again at whether reading may go on.
    void reconsider() {
        if (stalled) {
            askForTurnEnd();
        }
    }

    @Override
    public boolean isBusy() {
        return !responses.isEmpty();
    }

    @Override
    public void onWritabilityChanged() {
        reconsider();
    }

    @Override
    public void onDrop(DropReason reason, String detail) {
        surroundings.metrics().onDropped(reason);
        Level level = reason == DropReason.IDLE ? Level.DEBUG : Level.WARN;
        surroundings.log().line(level, "connection dropped: " + reason.label(), peer, detail);
    }

    @Override
    public void onBroken(Throwable failure) {
        surroundings.loop().onBroken(failure);
    }

    @Override
    public void onClosed() {
        closed = true;
        responses.abandon().forEach(Outbound::release);
        closedListener.accept(this);
    }

    private void askForTurnEnd() {
        if (!turnEndAsked && !closed) {
            turnEndAsked = true;
            surroundings.loop().atTurnEnd(this::onTurnEnd);
        }
    }

    private void onTurnEnd() {
        turnEndAsked = false;
        if (closed) {
            return;
        }
        boolean written = false;
        for (Outbound next = responses.poll(); next != null; next = responses.poll()) {
            socket().write(next);
            written = true;
        }
        if (written) {
            socket().flush();
        }
        if (stalled) {
            stalled = false;
            socket().resume();
        }
    }

    private KafkaSocket socket() {
        return Invariant.present(socket, "a connection was used before it was attached");
    }
}
