package io.meridian.platform.soak.frames;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.security.Principal;
import io.meridian.protocol.api.RequestHeader;
import io.meridian.protocol.wire.Lease;
import io.meridian.protocol.wire.RequestMessage;
import org.jspecify.annotations.Nullable;

/// A request that came from nowhere. Its memory is the heap's, so that giving it back means nothing.
record LoneRequest(RequestHeader header, RequestMessage message) implements RequestContext, Lease {
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
    public void retain() {}

    @Override
    public void release() {}
}
