package io.meridian.platform.soak.frames;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.record.Compression;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Draws what a `records` field holds: batches, some valid, some damaged under a checksum that is right, bombs, and
/// bytes that are no batch at all.
final class BatchForge {
    private static final List<Compression> CODECS = List.of(Compression.values());
    private static final int BOMB_BYTES = 8 << 20;

    private final SeededRandom random;
    private final byte[][] bombs = new byte[CODECS.size()][];

    BatchForge(SeededRandom random) {
        this.random = random;
        for (Compression codec : CODECS) {
            byte[] zeros = new byte[codec == Compression.NONE || codec == Compression.SNAPPY ? 1 << 16 : BOMB_BYTES];
            bombs[codec.code()] = bytesOf(new RecordBatchBuilder()
                    .compression(codec)
                    .append(System.currentTimeMillis(), null, ByteBuffer.wrap(zeros))
                    .build());
        }
    }

    byte[] next() {
        if (random.chance(5)) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        if (random.chance(2)) {
            return bombs[random.nextInt(bombs.length)].clone();
        }
        RecordBatchBuilder builder = new RecordBatchBuilder().compression(CODECS.get(random.nextInt(CODECS.size())));
        if (random.chance(30)) {
            builder.producer(random.nextInt(4), (short) random.nextInt(2), random.nextInt(3));
        }
        for (int records = random.nextInt(4); records >= 0; records--) {
            byte[] key = random.nextBoolean() ? null : new byte[random.nextInt(8)];
            builder.append(System.currentTimeMillis(), key, new byte[random.nextInt(30)]);
        }
        byte[] batch = bytesOf(builder.build());
        return random.chance(50) ? damaged(batch) : batch;
    }

    private byte[] damaged(byte[] batch) {
        byte[] bytes = random.chance(10) ? Arrays.copyOf(batch, random.nextInt(batch.length + 1)) : batch;
        for (int flips = random.nextInt(3); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        RecordBatchView view = RecordBatchView.of(buffer);
        if (view.structureProblem(bytes.length) == null && random.chance(80)) {
            buffer.putInt(RecordBatchView.CRC_OFFSET, (int) view.computedCrc());
        }
        return bytes;
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
