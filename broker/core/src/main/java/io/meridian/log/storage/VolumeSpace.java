package io.meridian.log.storage;

/// The space of the volume that holds a log directory, in bytes.
///
/// @param totalBytes the size of the volume
/// @param usableBytes what this process may still write to it
public record VolumeSpace(long totalBytes, long usableBytes) {}
