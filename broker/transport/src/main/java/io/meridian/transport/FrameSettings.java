package io.meridian.transport;

/// Bounds of one connection's incoming side.
///
/// @param frameBytesMin bytes of the shortest possible header, at least 2
/// @param frameTimeoutMs from the first byte of a frame to its last, not counting time in which this side did
///     not read
/// @param idleTimeoutMs without a byte received and without a request in work
public record FrameSettings(int frameBytesMin, long frameTimeoutMs, long idleTimeoutMs) {
    /// API key, API version, correlation id.
    public static final int REQUEST_HEADER_BYTES_MIN = 8;

    /// The correlation id.
    public static final int RESPONSE_HEADER_BYTES_MIN = 4;
}
