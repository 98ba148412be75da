package io.meridian.log.storage;

import io.meridian.protocol.wire.Payload;

/// A verified range of a segment on its way to a client. Released exactly once, by whoever sends or drops it; safe
/// to release from any thread.
public interface FetchedSlice extends Payload {
    void release();
}
