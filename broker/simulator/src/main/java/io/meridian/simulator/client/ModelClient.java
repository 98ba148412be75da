package io.meridian.simulator.client;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.simulator.checker.ClusterHistory;
import io.meridian.simulator.checker.TraceHash;
import io.meridian.simulator.checker.Violation;
import io.meridian.simulator.world.EventQueue;
import io.meridian.simulator.world.FrameMemory;
import io.meridian.simulator.world.ReplyHandler;
import io.meridian.simulator.world.SimulatedBroker;
import io.meridian.simulator.world.SimulatedConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client with one connection that it opens again whenever it is lost.
abstract class ModelClient {
    static final long MILLI_NS = 1_000_000L;
    private static final long RECONNECT_BACKOFF_NS = 20 * MILLI_NS;

    private final String name;
    private final ClientContext context;
    private @Nullable SimulatedConnection connection;
    private boolean isConnecting;
    private boolean isStopped;

    ModelClient(String name, ClientContext context) {
        this.name = name;
        this.context = context;
    }

    final String name() {
        return name;
    }

    final SimulatedBroker broker() {
        return context.broker();
    }

    final ClusterHistory history() {
        return context.history();
    }

    final SeededRandom random() {
        return context.random();
    }

    final TraceHash trace() {
        return context.trace();
    }

    final EventQueue queue() {
        return context.queue();
    }

    /// Opens the first connection.
    public final void start() {
        connectAfter(random().nextLong(RECONNECT_BACKOFF_NS));
    }

    /// Sends nothing more and stays away once disconnected.
    public final void stop() {
        isStopped = true;
    }

    final boolean isStopped() {
        return isStopped;
    }

    final boolean isConnected() {
        return connection != null && connection.isOpen();
    }

    private void connectAfter(long delayNs) {
        if (isConnecting || isStopped) {
            return;
        }
        isConnecting = true;
        queue().after(1 + delayNs, () -> {
            isConnecting = false;
            if (isStopped) {
                return;
            }
            connection = broker().connect(name, this::closed);
            if (connection == null) {
                connectAfter(RECONNECT_BACKOFF_NS + random().nextLong(RECONNECT_BACKOFF_NS));
            } else {
                onConnected();
            }
        });
    }

    private void closed() {
        connection = null;
        onDisconnected();
        connectAfter(random().nextLong(RECONNECT_BACKOFF_NS));
    }

    /// A new connection is open.
    abstract void onConnected();

    /// The connection is gone, and every unanswered request with it.
    abstract void onDisconnected();

    final <R extends ResponseMessage> void send(
            RequestMessage request,
            int version,
            FrameMemory.@Nullable Frame frame,
            Class<R> replyType,
            Consumer<R> handler) {
        SimulatedConnection open = connection;
        if (open == null || !open.isOpen()) {
            throw new IllegalStateException(name + " is not connected");
        }
        ReplyHandler typed = response -> {
            if (!replyType.isInstance(response)) {
                throw new Violation("a reply of the wrong type to " + request + ": " + response);
            }
            handler.accept(replyType.cast(response));
        };
        open.send(request, (short) version, frame, typed);
    }

    /// Runs `action` later, unless the connection of now is gone by then.
    final void later(long delayNs, Runnable action) {
        SimulatedConnection current = connection;
        queue().after(delayNs, () -> {
            if (current != null && current == connection && current.isOpen() && !isStopped) {
                action.run();
            }
        });
    }

    /// Hangs up, as a client does that has lost patience.
    final void disconnect() {
        if (connection != null) {
            connection.cut();
        }
    }
}
