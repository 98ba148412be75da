package io.meridian.log.segment;

import org.jspecify.annotations.Nullable;

/// What reading a range from the device showed.
///
/// @param from where a batch begins
/// @param verifiedEnd everything from `from` to here is as it was written
/// @param damage what is wrong at `verifiedEnd`; null when nothing is
/// @param damageEnd the end of the bytes that cannot be served, exclusive
/// @param indexes loaded or rebuilt on the way; null when those of the loop were in order
/// @param indexedEnd the bytes of the file that `indexes` covers
public record ColdReadResult(
        long from,
        long verifiedEnd,
        @Nullable String damage,
        long damageEnd,
        @Nullable IndexBuilder indexes,
        long indexedEnd) {}
