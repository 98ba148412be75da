package io.meridian.protocol.record;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.jspecify.annotations.Nullable;

/// The codecs that the attributes of a batch can name, each in the stream format that Kafka clients use.
public enum Compression {
    NONE(0, "none"),
    GZIP(1, "gzip"),
    /// In the framing of snappy-java, or one bare block.
    SNAPPY(2, "snappy"),
    /// The LZ4 frame format with independent blocks.
    LZ4(3, "lz4"),
    ZSTD(4, "zstd");

    /// Growth allowed whatever the size of the compressed bytes: a repetitive small batch is not an attack.
    private static final int GROWTH_ALWAYS_ALLOWED_BYTES = 1 << 20;

    private static final int GROWTH_RATIO_MAX = 1000;
    private static final int FIRST_OUTPUT_BYTES_MAX = 64 << 10;

    private final int code;
    private final String label;

    Compression(int code, String label) {
        this.code = code;
        this.label = label;
    }

    public int code() {
        return code;
    }

    /// The name in configurations.
    public String label() {
        return label;
    }

    /// The codec with this number; null when there is none.
    public static @Nullable Compression forCode(int code) {
        return switch (code) {
            case 0 -> NONE;
            case 1 -> GZIP;
            case 2 -> SNAPPY;
            case 3 -> LZ4;
            case 4 -> ZSTD;
            default -> null;
        };
    }

    /// The remaining bytes of `source` compressed, on the heap. `source` is not moved.
    public ByteBuffer deflate(ByteBuffer source) {
        byte[] plain = bytesOf(source);
        if (this == NONE) {
            return ByteBuffer.wrap(plain);
        }
        try {
            if (this == SNAPPY) {
                return ByteBuffer.wrap(SnappyFrames.deflate(plain));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 64);
            try (OutputStream stream = deflater(bytes)) {
                stream.write(plain);
            }
            return ByteBuffer.wrap(bytes.toByteArray());
        } catch (IOException fault) {
            throw new UncheckedIOException("compressing in memory", fault);
        }
    }

    /// The remaining bytes of `source` uncompressed, on the heap. `source` is not moved.
    ///
    /// The output never grows beyond `outputBytesMax`, nor beyond a thousand times the input once it is larger than
    /// 1 MiB.
    public Inflation inflate(ByteBuffer source, int outputBytesMax) {
        if (this == NONE) {
            return new Inflation.Inflated(source.slice());
        }
        byte[] packed = bytesOf(source);
        int cap = (int) Math.min(
                outputBytesMax, Math.max(GROWTH_ALWAYS_ALLOWED_BYTES, (long) packed.length * GROWTH_RATIO_MAX));
        try {
            if (this == SNAPPY) {
                return SnappyFrames.inflate(packed, cap);
            }
            if (this == GZIP) {
                return GzipMembers.inflate(packed, cap);
            }
            try (InputStream stream = inflater(new ByteBufferInputStream(ByteBuffer.wrap(packed)))) {
                return readAll(stream, packed.length, cap);
            }
        } catch (IOException | LZ4Exception fault) {
            return new Inflation.Failed("broken " + label + " data: " + fault.getMessage());
        }
    }

    private static Inflation readAll(InputStream stream, int packedBytes, int cap) throws IOException {
        byte[] output = new byte[Math.min(cap, Math.clamp(packedBytes * 4L, 512, FIRST_OUTPUT_BYTES_MAX))];
        int size = 0;
        while (true) {
            if (size == output.length) {
                if (size >= cap) {
                    return stream.read() < 0
                            ? new Inflation.Inflated(ByteBuffer.wrap(output, 0, size))
                            : new Inflation.Failed("the records are larger than the allowed " + cap + " bytes");
                }
                output = Arrays.copyOf(output, (int) Math.min(cap, output.length * 2L));
            }
            int read = stream.read(output, size, output.length - size);
            if (read < 0) {
                return new Inflation.Inflated(ByteBuffer.wrap(output, 0, size));
            }
            size += read;
        }
    }

    private OutputStream deflater(OutputStream target) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPOutputStream(target, 8 << 10);
            case LZ4 -> new LZ4FrameOutputStream(target, LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB);
            case ZSTD -> new ZstdOutputStream(target);
            case NONE, SNAPPY -> target;
        };
    }

    private InputStream inflater(InputStream source) throws IOException {
        return switch (this) {
            case LZ4 -> new LZ4FrameInputStream(source);
            case ZSTD -> new ZstdInputStreamNoFinalizer(source);
            case NONE, GZIP, SNAPPY -> source;
        };
    }

    private static byte[] bytesOf(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(source.position(), bytes);
        return bytes;
    }
}
