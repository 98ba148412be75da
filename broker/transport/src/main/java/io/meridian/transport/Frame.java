package io.meridian.transport;

import io.meridian.protocol.wire.Lease;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/// The bytes of one frame without its length, and the budget they were granted. Created with one use; the last
/// release gives both back. Safe to retain and release from any thread.
public final class Frame implements Lease {
    private final ByteBuf content;
    private final ByteBudget.Reservation reservation;
    private final AtomicInteger uses = new AtomicInteger(1);

    Frame(ByteBuf content, ByteBudget.Reservation reservation) {
        this.content = content;
        this.reservation = reservation;
    }

    /// A view of the bytes, valid until the last release.
    public ByteBuffer bytes() {
        return content.nioBuffer();
    }

    public int sizeBytes() {
        return content.readableBytes();
    }

    @Override
    public void retain() {
        if (uses.getAndIncrement() <= 0) {
            throw new IllegalStateException("a frame was retained after its last release");
        }
    }

    @Override
    public void release() {
        int left = uses.decrementAndGet();
        if (left == 0) {
            content.release();
            reservation.release();
        } else if (left < 0) {
            throw new IllegalStateException("a frame was released more often than it was retained");
        }
    }
}
