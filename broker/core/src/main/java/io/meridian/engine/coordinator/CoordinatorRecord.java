package io.meridian.engine.coordinator;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One record of an internal topic.
///
/// @param value null for a tombstone: what the key named is gone
public record CoordinatorRecord(ByteBuffer key, @Nullable ByteBuffer value) {
    /// Bytes of key and value.
    public int sizeBytes() {
        return key.remaining() + (value == null ? 0 : value.remaining());
    }
}
