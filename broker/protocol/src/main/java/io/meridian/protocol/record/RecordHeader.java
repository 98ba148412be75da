package io.meridian.protocol.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A header of a record. Equal keys may repeat; the order is kept.
///
/// @param value its remaining bytes; null is stored as null
public record RecordHeader(String key, @Nullable ByteBuffer value) {}
