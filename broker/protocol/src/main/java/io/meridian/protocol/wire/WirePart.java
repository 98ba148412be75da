package io.meridian.protocol.wire;

import java.nio.ByteBuffer;

/// A piece of an encoded frame, in the order in which the pieces go onto the wire.
public sealed interface WirePart {
    int sizeInBytes();

    /// The remaining bytes of a buffer from the writer's allocator.
    record Encoded(ByteBuffer buffer) implements WirePart {
        @Override
        public int sizeInBytes() {
            return buffer.remaining();
        }
    }

    /// Bytes of somebody else that were not copied.
    record Placed(Payload payload) implements WirePart {
        @Override
        public int sizeInBytes() {
            return payload.sizeInBytes();
        }
    }
}
