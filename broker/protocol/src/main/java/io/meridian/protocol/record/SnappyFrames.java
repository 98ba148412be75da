package io.meridian.protocol.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/// The stream that snappy-java writes: a 16-byte header, then blocks, each behind its size. Written and read here
/// because the library's own stream allocates whatever size a block declares.
final class SnappyFrames {
    private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 16;
    private static final int BLOCK_BYTES = 32 << 10;

    private SnappyFrames() {}

    static byte[] deflate(byte[] plain) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream(plain.length / 2 + 64);
        target.writeBytes(ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(VERSION)
                .array());
        for (int from = 0; from < plain.length; from += BLOCK_BYTES) {
            byte[] block = Snappy.compress(Arrays.copyOfRange(plain, from, Math.min(plain.length, from + BLOCK_BYTES)));
            target.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(block.length).array());
            target.writeBytes(block);
        }
        return target.toByteArray();
    }

    static Inflation inflate(byte[] packed, int cap) throws IOException {
        if (packed.length < HEADER_BYTES || !Arrays.equals(packed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return append(packed, 0, packed.length, new Output(), cap);
        }
        Output output = new Output();
        ByteBuffer source = ByteBuffer.wrap(packed).position(HEADER_BYTES);
        Inflation result = new Inflation.Inflated(ByteBuffer.allocate(0));
        while (source.hasRemaining()) {
            if (source.remaining() < Integer.BYTES) {
                return new Inflation.Failed("broken snappy data: a block size is cut off");
            }
            int size = source.getInt();
            if (size < 0 || size > source.remaining()) {
                return new Inflation.Failed("broken snappy data: impossible block size " + size);
            }
            result = append(packed, source.position(), size, output, cap);
            if (result instanceof Inflation.Failed) {
                return result;
            }
            source.position(source.position() + size);
        }
        return result;
    }

    private static Inflation append(byte[] packed, int from, int size, Output output, int cap) throws IOException {
        if (size == 0) {
            return new Inflation.Failed("broken snappy data: an empty block");
        }
        int grown = Snappy.uncompressedLength(packed, from, size);
        if (grown < 0 || grown > cap - output.size) {
            return new Inflation.Failed("the records are larger than the allowed " + cap + " bytes");
        }
        if (grown > output.bytes.length - output.size) {
            output.bytes =
                    Arrays.copyOf(output.bytes, Math.max(output.size + grown, Math.min(cap, output.bytes.length * 2)));
        }
        output.size += Snappy.uncompress(packed, from, size, output.bytes, output.size);
        return new Inflation.Inflated(ByteBuffer.wrap(output.bytes, 0, output.size));
    }

    private static final class Output {
        private byte[] bytes = new byte[0];
        private int size;
    }
}
