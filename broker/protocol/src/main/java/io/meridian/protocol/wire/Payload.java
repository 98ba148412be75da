package io.meridian.protocol.wire;

/// Bytes of a `records` field that a writer places between encoded fields without copying them.
///
/// Either a [BufferPayload], or a range of a file that only the outermost ring knows how to send.
public interface Payload {
    int sizeInBytes();
}
