package io.meridian.transport;

/// Who takes the frames of one connection. Called on the connection's event loop only.
public interface FrameSink {
    /// The largest frame that may begin with these two bytes: the API key of a request.
    int frameBytesMax(short apiKey);

    /// What a frame takes of the budget until its last release: its own bytes at least, and what is made of them.
    default long memoryBytes(short firstBytes, int frameBytes) {
        return frameBytes;
    }

    /// Whether a frame of this length may be read now. After a refusal nothing is read from the socket until
    /// [FrameDecoder#resume()].
    boolean admits(int frameBytes);

    /// Takes over one use of `frame`.
    void onFrame(Frame frame);

    /// Whether something is in work, so that silence is not idleness.
    boolean isBusy();

    /// The connection is about to be closed because of what its peer did. [#onClosed()] follows.
    void onDrop(DropReason reason, String detail);

    /// Something broke that no connection can be blamed for, such as memory that ran out. The process is not to go on.
    void onBroken(Throwable failure);

    /// The socket takes bytes again, or no longer does.
    void onWritabilityChanged();

    /// The connection is gone. Called once; nothing is called after it.
    void onClosed();
}
