package io.meridian.engine.effect;

import io.meridian.engine.security.Principal;
import io.meridian.protocol.wire.Lease;
import org.jspecify.annotations.Nullable;

/// One request on its way through a node: who asked, in which version, and the memory its message lives in.
///
/// Created by the listener, given back in exactly one of [Effect.Reply], [Effect.NoReply] or
/// [Effect.CloseConnection].
public interface RequestContext {
    short apiKey();

    short apiVersion();

    @Nullable
    String clientId();

    /// The address that the client connected from, with a slash in front as tools print it.
    String clientHost();

    Principal principal();

    /// Whether nobody is there any more who would get the answer.
    default boolean isAbandoned() {
        return false;
    }

    /// The memory of the request's frame. It stays valid until the request is answered; whoever needs it longer
    /// retains it.
    Lease frame();
}
