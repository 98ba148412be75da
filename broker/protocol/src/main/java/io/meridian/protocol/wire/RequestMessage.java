package io.meridian.protocol.wire;

/// The body of a request.
public interface RequestMessage extends Message {
    /// The number of the API that this request asks.
    short apiKey();
}
