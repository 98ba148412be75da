package io.meridian.simulator.world;

import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One connection of a model client to one node of the broker: requests and replies each arrive in order or, from
/// the cut on, not at all. Requests under way at the cut may still arrive, later than whatever the client sends
/// next.
public final class SimulatedConnection {
    private static final long LATE_NS_MAX = 300_000_000L;

    private final SimulatedBroker broker;
    private final EventQueue queue;
    private final String clientId;
    private final Runnable onClosed;
    private final int life;
    private final int node;
    private final ArrayDeque<SimulatedRequest> onTheWay = new ArrayDeque<>();
    private final ArrayDeque<SimulatedRequest> unanswered = new ArrayDeque<>();
    private long lastArrivalNs;
    private long lastReplyNs;
    private long lateByNs;
    private boolean isCutDue;
    private boolean isOpen = true;

    SimulatedConnection(
            SimulatedBroker broker, EventQueue queue, String clientId, Runnable onClosed, int life, int node) {
        this.broker = broker;
        this.queue = queue;
        this.clientId = clientId;
        this.onClosed = onClosed;
        this.life = life;
        this.node = node;
    }

    String clientId() {
        return clientId;
    }

    int node() {
        return node;
    }

    public boolean isOpen() {
        return isOpen;
    }

    /// Requests sent and not answered yet, those without a reply included until the broker is done with them.
    public int unansweredCount() {
        return unanswered.size();
    }

    long oldestSentAtNs() {
        SimulatedRequest oldest = unanswered.peekFirst();
        return oldest == null ? Long.MAX_VALUE : oldest.sentAtNs;
    }

    /// @param frame the memory of the request's payloads; null when it has none
    public void send(RequestMessage message, short version, FrameMemory.@Nullable Frame frame, ReplyHandler handler) {
        if (!isOpen) {
            throw new IllegalStateException(clientId + " sends on a closed connection");
        }
        FrameMemory.Frame memory = frame == null ? broker.frames().take(0) : frame;
        SimulatedRequest request = new SimulatedRequest(this, message, version, memory, handler, queue.nowNs());
        unanswered.addLast(request);
        onTheWay.addLast(request);
        lastArrivalNs = Math.max(lastArrivalNs + 1, queue.nowNs() + broker.networkDelayNs());
        queue.at(lastArrivalNs, this::arrive);
        if (isCutDue) {
            isCutDue = false;
            queue.after(1, this::cut);
        }
    }

    /// Lets the network fail as soon as the next request is on its way.
    void cutAtNextSend() {
        isCutDue = true;
    }

    private void arrive() {
        SimulatedRequest request = onTheWay.pollFirst();
        if (request == null) {
            return;
        }
        boolean mayBeLate = request.message instanceof ProduceRequest;
        if (isOpen || request.isLostOnTheWay || lateByNs == 0 || !mayBeLate) {
            hand(request);
        } else {
            queue.after(lateByNs, () -> hand(request));
        }
    }

    private void hand(SimulatedRequest request) {
        if (life != broker.life() || request.isLostOnTheWay) {
            broker.discard(request);
        } else {
            broker.deliver(request);
        }
    }

    /// The broker is done with a request of this connection.
    void onOutcome() {
        while (!unanswered.isEmpty() && unanswered.peekFirst().hasOutcome()) {
            SimulatedRequest request = unanswered.removeFirst();
            ResponseMessage response = request.response();
            if (response == null) {
                continue;
            }
            if (!isOpen) {
                broker.discardReply(life, response);
                continue;
            }
            lastReplyNs = Math.max(lastReplyNs + 1, queue.nowNs() + broker.networkDelayNs());
            queue.at(lastReplyNs, () -> replyArrives(request, response));
        }
    }

    private void replyArrives(SimulatedRequest request, ResponseMessage response) {
        if (isOpen) {
            broker.countEvent();
            request.handler.onReply(response);
        }
        broker.discardReply(life, response);
    }

    /// Ends the connection from outside: the network failed or the client gave up.
    public void cut() {
        if (!isOpen) {
            return;
        }
        if (broker.random().nextInt(4) > 0) {
            lateByNs = broker.random().nextLong(LATE_NS_MAX);
        }
        int surviving = broker.random().nextInt(onTheWay.size() + 1);
        int index = 0;
        for (SimulatedRequest request : onTheWay) {
            request.isLostOnTheWay = index >= surviving;
            index++;
        }
        close();
    }

    /// Ends the connection from the broker's side, or with the broker.
    void close() {
        if (isOpen) {
            isOpen = false;
            broker.connectionClosed(this);
            queue.after(broker.networkDelayNs(), onClosed);
        }
    }
}
