package io.meridian.server.runtime;

import io.meridian.engine.effect.RequestContext;
import io.meridian.protocol.wire.ResponseMessage;

/// A request context that knows its connection. Exactly one of the three methods is called, once, on any loop.
public interface RequestExchange extends RequestContext {
    void reply(ResponseMessage response);

    /// The request has no response.
    void noReply();

    /// The connection is to be closed for `reason`.
    void close(String reason);
}
