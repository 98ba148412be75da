package io.meridian.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/// Gives the socket the place for what it reads: the buffer of the frame that is being read, so that a large frame
/// is not copied; between frames a buffer that grows with what the socket delivers and shrinks when it stays nearly
/// empty.
final class FrameReceiveAllocator extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int BYTES_MIN = 2 * 1024;

    /// Room for a large request of a busy producer together with the beginning of the next.
    private static final int BYTES_MAX = 128 * 1024;

    /// A buffer of which less than this part is used is too large.
    private static final int SHRINK_SHARE = 4;

    private final FrameDecoder decoder;

    FrameReceiveAllocator(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // The interface names the deprecated type.
    public Handle newHandle() {
        return new FrameHandle();
    }

    private final class FrameHandle extends MaxMessageHandle {
        private int bytes = BYTES_MIN;
        private boolean wasSmall;
        private boolean isBetweenFrames;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf rest = decoder.receiveBuffer();
            isBetweenFrames = rest == null;
            return rest == null ? allocator.ioBuffer(bytes) : rest;
        }

        @Override
        public int guess() {
            return bytes;
        }

        @Override
        public void lastBytesRead(int read) {
            super.lastBytesRead(read);
            if (!isBetweenFrames || read <= 0) {
                return;
            }
            boolean isSmall = read < bytes / SHRINK_SHARE;
            if (read >= bytes) {
                bytes = Math.min(BYTES_MAX, 2 * bytes);
            } else if (isSmall && wasSmall) {
                bytes = Math.max(BYTES_MIN, bytes / 2);
            }
            wasSmall = isSmall;
        }
    }
}
