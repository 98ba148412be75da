package io.meridian.log.segment;

import java.nio.ByteBuffer;

/// What the logs of one loop share for reading: how many bytes are taken to be in the page cache, and a small buffer
/// for batch headers.
///
/// Bytes are hot from their append, or the read that brought them in, until `hotBytes` other bytes have become hot
/// since they were last used. Counted in chunks of 1 MiB.
public final class ReadMemory {
    static final int CHUNK_SHIFT = 20;

    private static final int SCRATCH_BYTES = 8 << 10;

    private final long hotChunks;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private long clock = 1;

    public ReadMemory(long hotBytes) {
        this.hotChunks = Math.max(1, hotBytes >> CHUNK_SHIFT);
    }

    boolean isHot(long stamp) {
        return stamp != 0 && clock - stamp < hotChunks;
    }

    /// The stamp of a chunk used now that had `stamp`.
    long touch(long stamp) {
        if (!isHot(stamp)) {
            clock++;
        }
        return clock;
    }

    /// When what is used now is no longer hot.
    long hotUntil() {
        return clock + hotChunks;
    }

    boolean isPast(long moment) {
        return clock >= moment;
    }

    /// Valid until the next call of the same loop that reads headers.
    ByteBuffer scratch() {
        return scratch;
    }
}
