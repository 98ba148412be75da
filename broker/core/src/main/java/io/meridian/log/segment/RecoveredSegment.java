package io.meridian.log.segment;

import io.meridian.log.storage.SegmentFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A segment as opening a log found it or left it.
///
/// @param indexes null when they were not needed; always present for the last segment
/// @param isSealed its indexes are in their files and everything is durable
public record RecoveredSegment(
        long baseOffset,
        SegmentFile file,
        long sizeBytes,
        long endOffset,
        long firstTimestampMs,
        long maxTimestampMs,
        long maxTimestampOffset,
        @Nullable IndexBuilder indexes,
        List<ByteRange> verified,
        boolean isSealed) {}
