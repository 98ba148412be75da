package io.meridian.server.runtime;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;

/// Decides which connections to a port are let in. Called on the one thread that accepts, before anything else is
/// done for a connection, so that turning one away costs as little as possible.
public interface AcceptGate {
    /// Whether this connection may stay. One that may not is reset at once.
    ///
    /// @param acceptor for what is to happen later, such as a deadline
    boolean admits(Channel connection, EventExecutor acceptor);

    /// How long nothing more is to be accepted; 0 when the next may come.
    long pauseNs();

    /// The system could not hand out a connection, for want of file descriptors as a rule. Nothing is accepted for
    /// a while.
    void onAcceptFailed(Throwable cause);
}
