package io.meridian.log;

import io.meridian.protocol.wire.Lease;
import java.nio.ByteBuffer;

/// A planned batch on its way to its segment.
///
/// @param rolls it opens a new segment, whose base is its base offset
record QueuedBatch(
        ByteBuffer bytes,
        int sizeBytes,
        Lease lease,
        long baseOffset,
        long lastOffset,
        long maxTimestampMs,
        int positionBytes,
        boolean rolls) {
    /// The same in memory of its own, the request's given back.
    QueuedBatch copied() {
        if (lease.equals(Lease.UNCOUNTED)) {
            return this;
        }
        ByteBuffer copy = ByteBuffer.allocate(sizeBytes).put(bytes.duplicate()).flip();
        lease.release();
        return new QueuedBatch(
                copy, sizeBytes, Lease.UNCOUNTED, baseOffset, lastOffset, maxTimestampMs, positionBytes, rolls);
    }
}
