package io.meridian.transport;

/// Bounds of one connection. Times in which this side did not read do not count against its peer.
///
/// @param frameBytesMin bytes of the shortest possible header, at least 2
/// @param setupTimeoutMs from the beginning of the connection to the end of its first frame
/// @param frameTimeoutMs from the first byte of a frame to its last
/// @param idleTimeoutMs without a byte received and without a request in work
/// @param unsentTimeoutMs without the peer taking anything of what was written for it
public record FrameSettings(
        int frameBytesMin, long setupTimeoutMs, long frameTimeoutMs, long idleTimeoutMs, long unsentTimeoutMs) {
    /// API key, API version, correlation id.
    public static final int REQUEST_HEADER_BYTES_MIN = 8;

    /// The correlation id.
    public static final int RESPONSE_HEADER_BYTES_MIN = 4;

    /// Of a side that need not hurry to begin, nor to read.
    public FrameSettings(int frameBytesMin, long frameTimeoutMs, long idleTimeoutMs) {
        this(frameBytesMin, idleTimeoutMs, frameTimeoutMs, idleTimeoutMs, idleTimeoutMs);
    }
}
