package io.meridian.protocol.wire;

import java.nio.ByteBuffer;

/// Where a writer takes its buffers from. Who supplies a pooling allocator also gives the buffers back: it knows
/// which ones it handed out, and may do so once the parts of the frame are sent.
@FunctionalInterface
public interface BufferAllocator {
    BufferAllocator HEAP = ByteBuffer::allocate;

    /// A buffer with at least `minimumBytes` remaining, which the writer fills from its position.
    ByteBuffer allocate(int minimumBytes);
}
