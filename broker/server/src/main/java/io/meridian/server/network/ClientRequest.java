package io.meridian.server.network;

import io.meridian.engine.security.Principal;
import io.meridian.protocol.api.RequestHeader;
import io.meridian.protocol.wire.Lease;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.server.runtime.RequestExchange;
import io.meridian.transport.Frame;
import io.meridian.transport.Outbound;
import io.meridian.transport.ResponseQueue;
import org.jspecify.annotations.Nullable;

/// One request of a connection, from its frame to the end of its answer.
final class ClientRequest implements RequestExchange {
    private final ClientConnection connection;
    private final RequestHeader header;
    private final Frame frame;
    private final ResponseQueue.Slot<Outbound> slot;
    private final long receivedNs;

    ClientRequest(
            ClientConnection connection,
            RequestHeader header,
            Frame frame,
            ResponseQueue.Slot<Outbound> slot,
            long receivedNs) {
        this.connection = connection;
        this.header = header;
        this.frame = frame;
        this.slot = slot;
        this.receivedNs = receivedNs;
    }

    RequestHeader header() {
        return header;
    }

    ResponseQueue.Slot<Outbound> slot() {
        return slot;
    }

    long receivedNs() {
        return receivedNs;
    }

    @Override
    public short apiKey() {
        return header.apiKey();
    }

    @Override
    public short apiVersion() {
        return header.apiVersion();
    }

    @Override
    public @Nullable String clientId() {
        return header.clientId();
    }

    @Override
    public String clientHost() {
        return connection.clientHost();
    }

    @Override
    public Principal principal() {
        return Principal.ANONYMOUS;
    }

    @Override
    public boolean isAbandoned() {
        return connection.isClosed();
    }

    @Override
    public Lease frame() {
        return frame;
    }

    @Override
    public void reply(ResponseMessage response) {
        connection.onLoop(() -> connection.reply(this, response));
    }

    @Override
    public void noReply() {
        connection.onLoop(() -> connection.noReply(this));
    }

    @Override
    public void close(String reason) {
        connection.onLoop(() -> connection.close(this, reason));
    }
}
