package io.meridian.protocol.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Reads gzip data (RFC 1952), one member after the other. Read here because the stream of the JDK calls itself for
/// each member without content: a batch full of them overflows the stack of an event loop.
///
/// Stricter than the JDK in one thing: bytes behind the last member are refused.
final class GzipMembers {
    private static final int MAGIC = 0x8B1F;
    private static final int DEFLATE = 8;
    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int FLAGS_OFFSET = 3;
    private static final int HEADER_CRC_FLAG = 2;
    private static final int EXTRA_FLAG = 4;
    private static final int NAME_FLAG = 8;
    private static final int COMMENT_FLAG = 16;
    private static final int RESERVED_FLAGS = 0xE0;
    private static final int FIRST_OUTPUT_BYTES_MAX = 64 << 10;
    private static final int MALFORMED = -1;

    private final byte[] packed;
    private final int cap;
    private final CRC32 crc = new CRC32();
    private final byte[] beyond = new byte[1];
    private byte[] output;
    private int size;

    private GzipMembers(byte[] packed, int cap) {
        this.packed = packed;
        this.cap = cap;
        this.output = new byte[Math.min(cap, Math.clamp(packed.length * 4L, 512, FIRST_OUTPUT_BYTES_MAX))];
    }

    static Inflation inflate(byte[] packed, int cap) {
        Inflater inflater = new Inflater(true);
        try {
            return new GzipMembers(packed, cap).read(inflater);
        } catch (DataFormatException fault) {
            return broken(String.valueOf(fault.getMessage()));
        } finally {
            inflater.end();
        }
    }

    private Inflation read(Inflater inflater) throws DataFormatException {
        int position = 0;
        do {
            int data = afterHeader(position);
            if (data == MALFORMED) {
                return broken("no header of a member at byte " + position);
            }
            inflater.reset();
            inflater.setInput(packed, data, packed.length - data);
            int from = size;
            Inflation.Failed failed = fill(inflater);
            if (failed != null) {
                return failed;
            }
            int trailer = packed.length - inflater.getRemaining();
            if (!isTrailer(trailer, from)) {
                return broken("a member does not have the checksum and size that it ends with");
            }
            position = trailer + TRAILER_BYTES;
        } while (position < packed.length);
        return new Inflation.Inflated(ByteBuffer.wrap(output, 0, size));
    }

    private Inflation.@Nullable Failed fill(Inflater inflater) throws DataFormatException {
        while (!inflater.finished()) {
            if (size == output.length && size < cap) {
                output = Arrays.copyOf(output, (int) Math.min(cap, output.length * 2L));
            }
            boolean isFull = size == cap;
            int written = isFull
                    ? inflater.inflate(beyond, 0, beyond.length)
                    : inflater.inflate(output, size, output.length - size);
            if (isFull && written > 0) {
                return new Inflation.Failed("the records are larger than the allowed " + cap + " bytes");
            }
            size += written;
            if (written == 0 && !inflater.finished()) {
                return broken(inflater.needsDictionary() ? "it asks for a dictionary" : "it is cut off");
            }
        }
        return null;
    }

    /// Where the data begins behind the header at `position`.
    private int afterHeader(int position) {
        if (packed.length - position < HEADER_BYTES || shortAt(position) != MAGIC || packed[position + 2] != DEFLATE) {
            return MALFORMED;
        }
        int flags = packed[position + FLAGS_OFFSET];
        int at = position + HEADER_BYTES;
        if ((flags & RESERVED_FLAGS) != 0) {
            return MALFORMED;
        }
        if ((flags & EXTRA_FLAG) != 0) {
            if (packed.length - at < Short.BYTES) {
                return MALFORMED;
            }
            at += Short.BYTES + shortAt(at);
        }
        if ((flags & NAME_FLAG) != 0) {
            at = afterText(at);
        }
        if ((flags & COMMENT_FLAG) != 0 && at != MALFORMED) {
            at = afterText(at);
        }
        if ((flags & HEADER_CRC_FLAG) != 0 && at != MALFORMED) {
            at = afterHeaderCrc(position, at);
        }
        return at > packed.length ? MALFORMED : at;
    }

    private int afterText(int from) {
        for (int at = from; at < packed.length; at++) {
            if (packed[at] == 0) {
                return at + 1;
            }
        }
        return MALFORMED;
    }

    private int afterHeaderCrc(int header, int at) {
        if (packed.length - at < Short.BYTES) {
            return MALFORMED;
        }
        crc.reset();
        crc.update(packed, header, at - header);
        return (crc.getValue() & 0xFFFF) == shortAt(at) ? at + Short.BYTES : MALFORMED;
    }

    private boolean isTrailer(int at, int from) {
        if (packed.length - at < TRAILER_BYTES) {
            return false;
        }
        crc.reset();
        crc.update(output, from, size - from);
        return (int) crc.getValue() == intAt(at) && size - from == intAt(at + Integer.BYTES);
    }

    private int shortAt(int at) {
        return (packed[at] & 0xFF) | ((packed[at + 1] & 0xFF) << 8);
    }

    private int intAt(int at) {
        return shortAt(at) | (shortAt(at + Short.BYTES) << 16);
    }

    private static Inflation.Failed broken(String reason) {
        return new Inflation.Failed("broken gzip data: " + reason);
    }
}
