package io.meridian.simulator.world;

import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Lease;
import io.meridian.simulator.checker.Violation;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;

/// The memory that requests arrive in: counted, reused, and overwritten as soon as nobody holds it, so that a use
/// after the release shows up as damaged bytes.
public final class FrameMemory {
    private static final int SMALLEST_BYTES = 512;
    private static final byte POISON = (byte) 0xDB;

    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int held;
    private int life;

    /// Frames of the current process that somebody still holds.
    public int held() {
        return held;
    }

    /// The process is gone, and its memory with it.
    public void processEnded() {
        life++;
        held = 0;
    }

    public Frame take(int sizeBytes) {
        held++;
        byte[] bytes = free.peekLast() != null && free.peekLast().length >= sizeBytes ? free.removeLast() : null;
        if (bytes == null) {
            bytes = new byte[Math.max(SMALLEST_BYTES, Integer.highestOneBit(Math.max(1, sizeBytes)) * 2)];
        }
        return new Frame(bytes);
    }

    /// The memory of one request.
    public final class Frame implements Lease {
        private final byte[] bytes;
        private final int frameLife = life;
        private int uses = 1;
        private int filled;

        Frame(byte[] bytes) {
            this.bytes = bytes;
        }

        /// Copies `source` into the frame and returns it as the payload that a decoder would have cut out of it.
        public BufferPayload add(byte[] source) {
            System.arraycopy(source, 0, bytes, filled, source.length);
            BufferPayload payload = new BufferPayload(
                    ByteBuffer.wrap(bytes, filled, source.length).slice());
            filled += source.length;
            return payload;
        }

        @Override
        public void retain() {
            Violation.unless(uses > 0, "a frame was retained after it was given back");
            uses++;
        }

        @Override
        public void release() {
            Violation.unless(uses > 0, "a frame was released more often than it was retained");
            uses--;
            if (uses == 0) {
                Arrays.fill(bytes, 0, filled, POISON);
                if (frameLife == life) {
                    held--;
                    free.addLast(bytes);
                }
            }
        }
    }
}
