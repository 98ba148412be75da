package io.meridian.protocol.record;

import java.nio.ByteBuffer;

/// The zigzag variable-length integers inside records.
final class Varints {
    private Varints() {}

    static int sizeOf(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        return Math.max(1, (70 - Long.numberOfLeadingZeros(zigzag)) / 7);
    }

    static void put(ByteBuffer target, long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            target.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }
}
