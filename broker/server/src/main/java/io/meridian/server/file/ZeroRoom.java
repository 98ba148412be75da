package io.meridian.server.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Gives growing files room: zeros behind their bytes, up to a round position, in one large write.
///
/// The system keeps written bytes in pieces of memory as large as the write that began them, and every piece costs
/// the same to find, to fill and to write back. Batches of a few kilobytes that begin anywhere make pieces of one or
/// two pages; over zeros they fall into pieces that are there already. And a force that finds the size of a file
/// unchanged, and its blocks written once before, need not wait for the journal of the file system.
///
/// Only ever a gain: a file that gets no room grows by its own writes. Safe to use from any thread.
final class ZeroRoom {
    /// Most files of a broker stay smaller.
    static final long FROM_BYTES = 64L << 10;

    /// A file is at most by this part longer than its bytes...
    private static final int SHARE = 4;

    /// ...and by not more than this. Larger pieces of memory leave the processor's caches before they are used.
    static final int BYTES_MAX = 256 << 10;

    /// Room for as many appends of the same size, but not less than [#BYTES_MIN]: every write looks at the whole
    /// piece it falls into, which small ones in many files feel.
    private static final int APPENDS = 16;

    private static final int BYTES_MIN = 64 << 10;

    private final ByteBuffer zeros = ByteBuffer.allocateDirect(BYTES_MAX);

    /// Makes room for an append that leaves the room there is; gives the end of the room, which is `endBytes` when
    /// there is none.
    ///
    /// @param roomEndBytes of the room there is; what lies behind is not in the file
    /// @param positionBytes where the append begins, in the room or behind the end of the file
    /// @param endBytes where it ends, behind the room
    long make(FileChannel channel, long roomEndBytes, long positionBytes, long endBytes) {
        long bytes = endBytes - positionBytes;
        long wantedBytes = Math.clamp(Long.highestOneBit(bytes) * APPENDS, BYTES_MIN, BYTES_MAX);
        long blockBytes = Math.min(Long.highestOneBit(endBytes) / SHARE, wantedBytes);
        if (endBytes < FROM_BYTES || bytes >= blockBytes) {
            return endBytes;
        }
        long newEndBytes = Math.floorDiv(endBytes, blockBytes) * blockBytes + blockBytes;
        try {
            long at = Math.max(positionBytes, roomEndBytes);
            while (at < newEndBytes) {
                int length = (int) Math.min(newEndBytes - at, BYTES_MAX);
                at += channel.write(zeros.slice(0, length), at);
            }
            return newEndBytes;
        } catch (IOException noRoom) {
            // The write of the bytes finds out for itself, and tells.
            return endBytes;
        }
    }
}
