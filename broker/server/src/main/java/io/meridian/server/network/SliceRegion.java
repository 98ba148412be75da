package io.meridian.server.network;

import io.meridian.server.file.FileSlice;
import io.netty.channel.DefaultFileRegion;

/// A slice of a file for `sendfile`. Gives back the slice and leaves the channel open: others read the same file.
final class SliceRegion extends DefaultFileRegion {
    private final FileSlice slice;

    SliceRegion(FileSlice slice) {
        super(slice.channel(), slice.positionBytes(), slice.sizeInBytes());
        this.slice = slice;
    }

    @Override
    protected void deallocate() {
        slice.release();
    }
}
