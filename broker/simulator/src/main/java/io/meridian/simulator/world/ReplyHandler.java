package io.meridian.simulator.world;

import io.meridian.protocol.wire.ResponseMessage;

/// What a model client does with the reply to a request. Not called when the connection closes first.
@FunctionalInterface
public interface ReplyHandler {
    /// The reply arrived. Its payloads are valid during the call only.
    void onReply(ResponseMessage response);
}
