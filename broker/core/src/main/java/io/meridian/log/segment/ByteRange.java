package io.meridian.log.segment;

/// Positions in a file.
///
/// @param to exclusive
public record ByteRange(long from, long to) {}
