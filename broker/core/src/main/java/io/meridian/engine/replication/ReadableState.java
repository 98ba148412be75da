package io.meridian.engine.replication;

/// What a reader can tell of a partition without reading: a fetch waits until one of these changes.
///
/// @param readableEndOffset exclusive end of what the reader's isolation shows
/// @param logStartOffset first offset kept
/// @param serving whether the partition answers reads here
public record ReadableState(long readableEndOffset, long logStartOffset, boolean serving) {
    static final ReadableState NOT_SERVING = new ReadableState(-1L, -1L, false);
}
