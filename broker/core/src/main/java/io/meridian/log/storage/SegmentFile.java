package io.meridian.log.storage;

import java.nio.ByteBuffer;

/// One open file. Reads and writes name their position, so several threads may use it at once.
public interface SegmentFile {
    String path();

    /// Bytes in the file now.
    long sizeBytes();

    /// Writes all remaining bytes of `sources`, one after the other, from `positionBytes` on. The buffers are
    /// consumed. After a fault any part of the bytes may have been written.
    void write(long positionBytes, ByteBuffer... sources) throws StorageFault;

    /// As [#write], at the end of what was written to a file that goes on growing. The file may be longer afterwards
    /// than what
    /// was written to it, by zeros: room for what follows, which costs less there than behind the end of a file. A
    /// crash may leave the room behind, so zeros up to the end of a file are no damage.
    void append(long positionBytes, ByteBuffer... sources) throws StorageFault;

    /// Gives back the room behind the bytes of a file that no longer grows; durable after the next [#force()].
    void trim() throws StorageFault;

    /// Reads until `target` is full or the file ends; the number of bytes read, 0 at the end of the file.
    int read(long positionBytes, ByteBuffer target) throws StorageFault;

    /// Makes everything written so far durable. Once it has failed, every later call on this file fails too, on
    /// whichever thread: nothing is known about the bytes any more, and a success would prove nothing. Only
    /// recovery, which opens the file anew, may go on with it.
    void force() throws StorageFault;

    /// Cuts the file to `sizeBytes`; durable after the next [#force()].
    void truncate(long sizeBytes) throws StorageFault;

    /// A range to be sent without copying, counted as one use of the file until it is released.
    FetchedSlice slice(long positionBytes, int lengthBytes);

    /// Gives up the owner's use of the file; it is closed when the last slice is released.
    void close() throws StorageFault;
}
