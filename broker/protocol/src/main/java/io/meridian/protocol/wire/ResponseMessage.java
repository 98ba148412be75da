package io.meridian.protocol.wire;

/// The body of a response.
public interface ResponseMessage extends Message {
    /// The number of the API that this response answers.
    short apiKey();
}
