package io.meridian.protocol.record;

import java.nio.ByteBuffer;

/// What opening compressed records gave.
public sealed interface Inflation {
    /// All records, uncompressed, from position to limit.
    record Inflated(ByteBuffer records) implements Inflation {}

    /// The bytes are not what the codec writes, or they grow beyond the limit that was set.
    record Failed(String reason) implements Inflation {}
}
