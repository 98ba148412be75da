package io.meridian.protocol.wire;

import java.nio.ByteBuffer;

/// The remaining bytes of a buffer. The buffer is never moved: read it through [#duplicate()].
public record BufferPayload(ByteBuffer buffer) implements Payload {
    public static final BufferPayload EMPTY = new BufferPayload(ByteBuffer.allocate(0));

    @Override
    public int sizeInBytes() {
        return buffer.remaining();
    }

    /// A view with a position of its own, in big-endian order as everything on the wire.
    public ByteBuffer duplicate() {
        return buffer.duplicate();
    }
}
