package io.meridian.simulator.world;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Principal;
import io.meridian.protocol.wire.Lease;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.simulator.checker.Violation;
import org.jspecify.annotations.Nullable;

/// One request from its sending to its outcome.
final class SimulatedRequest implements RequestContext {
    final SimulatedConnection connection;
    final RequestMessage message;
    final ReplyHandler handler;
    final long sentAtNs;
    boolean isLostOnTheWay;
    private final short version;
    private final Lease frame;
    private boolean hasOutcome;
    private @Nullable ResponseMessage response;

    SimulatedRequest(
            SimulatedConnection connection,
            RequestMessage message,
            short version,
            Lease frame,
            ReplyHandler handler,
            long sentAtNs) {
        this.connection = connection;
        this.message = message;
        this.version = version;
        this.frame = frame;
        this.handler = handler;
        this.sentAtNs = sentAtNs;
    }

    /// Takes the one outcome that a request may have; null for none to be sent.
    void finish(@Nullable ResponseMessage outcome) {
        Violation.unless(!hasOutcome, "two outcomes of one request: " + message);
        hasOutcome = true;
        response = outcome;
        frame.release();
    }

    boolean hasOutcome() {
        return hasOutcome;
    }

    @Nullable
    ResponseMessage response() {
        return response;
    }

    @Override
    public short apiKey() {
        return message.apiKey();
    }

    @Override
    public short apiVersion() {
        return version;
    }

    @Override
    public String clientId() {
        return connection.clientId();
    }

    @Override
    public String clientHost() {
        return "/127.0.0.1";
    }

    @Override
    public Principal principal() {
        return Principal.ANONYMOUS;
    }

    @Override
    public Lease frame() {
        return frame;
    }
}
