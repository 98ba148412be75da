package io.meridian.log.testing;

import io.meridian.log.storage.FetchedSlice;
import java.nio.ByteBuffer;

/// Bytes of a file at the moment they were fetched.
public record MemorySlice(ByteBuffer bytes) implements FetchedSlice {
    @Override
    public int sizeInBytes() {
        return bytes.remaining();
    }

    @Override
    public void release() {}
}
