package io.meridian.log.testing;

import io.meridian.log.storage.FetchedSlice;

/// Bytes of a file at the moment they were fetched.
public final class MemorySlice implements FetchedSlice {
    private final byte[] bytes;

    MemorySlice(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int sizeInBytes() {
        return bytes.length;
    }

    @Override
    public void release() {}
}
