package io.meridian.protocol.record;

/// Why one record made its batch unacceptable.
///
/// @param batchIndex the record's place in its batch, from 0
public record RecordRefusal(int batchIndex, String message) {}
