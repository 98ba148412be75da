package io.meridian.engine.testing;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Principal;
import io.meridian.protocol.wire.Lease;
import io.meridian.protocol.wire.ResponseMessage;
import org.jspecify.annotations.Nullable;

/// A request and what became of it. Counts the uses of its memory.
public final class TestRequest implements RequestContext, Lease {
    private final short apiKey;
    private final short apiVersion;
    private @Nullable ResponseMessage response;
    private @Nullable String closeReason;
    private int outcomes;
    private int uses = 1;

    TestRequest(int apiKey, int apiVersion) {
        this.apiKey = (short) apiKey;
        this.apiVersion = (short) apiVersion;
    }

    @Override
    public short apiKey() {
        return apiKey;
    }

    @Override
    public short apiVersion() {
        return apiVersion;
    }

    @Override
    public String clientId() {
        return "test";
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
        return this;
    }

    @Override
    public void retain() {
        uses++;
    }

    @Override
    public void release() {
        uses--;
    }

    void answered(@Nullable ResponseMessage newResponse) {
        outcomes++;
        response = newResponse;
        release();
    }

    void closed(String reason) {
        outcomes++;
        closeReason = reason;
        release();
    }

    public boolean isDone() {
        return outcomes > 0;
    }

    /// Replies, no-replies and closes together: exactly one is right.
    public int outcomes() {
        return outcomes;
    }

    /// Uses of the frame's memory that nobody gave back.
    public int uses() {
        return uses;
    }

    public @Nullable String closeReason() {
        return closeReason;
    }

    /// The response, which must have come and be of this type.
    public <T extends ResponseMessage> T response(Class<T> type) {
        if (response == null) {
            throw new AssertionError("no response; closed for: " + closeReason);
        }
        return type.cast(response);
    }
}
