package io.meridian.log.testing;

import io.meridian.log.storage.FetchedSlice;

/// Bytes of a file at the moment they were fetched.
public record MemorySlice(byte[] bytes) implements FetchedSlice {
    @Override
    public int sizeInBytes() {
        return bytes.length;
    }

    @Override
    public void release() {}
}
