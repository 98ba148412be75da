package io.meridian.protocol.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The one record of a control batch: how a transaction ended.
///
/// The key is `{int16 version, int16 type}`, the value `{int16 version, int32 coordinatorEpoch}`.
public record ControlRecord(Type type, int coordinatorEpoch) {
    /// The types that clients know.
    public enum Type {
        ABORT(0),
        COMMIT(1);

        private final short code;

        Type(int code) {
            this.code = (short) code;
        }

        public short code() {
            return code;
        }
    }

    private static final short VERSION = 0;
    private static final int KEY_BYTES = 4;
    private static final int VALUE_BYTES = 6;

    public ByteBuffer key() {
        return ByteBuffer.allocate(KEY_BYTES)
                .putShort(VERSION)
                .putShort(type.code())
                .flip();
    }

    public ByteBuffer value() {
        return ByteBuffer.allocate(VALUE_BYTES)
                .putShort(VERSION)
                .putInt(coordinatorEpoch)
                .flip();
    }

    /// The marker with this key and value; null when the bytes are of another kind of control record or broken.
    public static @Nullable ControlRecord parse(@Nullable ByteBuffer key, @Nullable ByteBuffer value) {
        if (key == null || key.remaining() < KEY_BYTES || value == null || value.remaining() < VALUE_BYTES) {
            return null;
        }
        short keyVersion = key.getShort(key.position());
        short code = key.getShort(key.position() + Short.BYTES);
        short valueVersion = value.getShort(value.position());
        if (keyVersion < 0 || valueVersion < 0) {
            return null;
        }
        int coordinatorEpoch = value.getInt(value.position() + Short.BYTES);
        return switch (code) {
            case 0 -> new ControlRecord(Type.ABORT, coordinatorEpoch);
            case 1 -> new ControlRecord(Type.COMMIT, coordinatorEpoch);
            default -> null;
        };
    }

    /// A whole control batch, its offset still to be given.
    public ByteBuffer batch(long producerId, short producerEpoch, long timestampMs) {
        return new RecordBatchBuilder()
                .producer(producerId, producerEpoch, -1)
                .transactional()
                .control()
                .append(timestampMs, key(), value())
                .build();
    }
}
