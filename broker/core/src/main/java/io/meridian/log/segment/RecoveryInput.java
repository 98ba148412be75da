package io.meridian.log.segment;

import io.meridian.base.Uuid;
import io.meridian.log.storage.LogStorage;

/// What recovery needs to know.
///
/// @param recoveryPoint everything below it was durable; 0 when nothing is known
/// @param logStartOffset below it nothing counts, whatever files a deletion has left; negative when it is not known
/// @param isClean the log was closed in order
/// @param mayCreate a missing directory is a new log
/// @param allowsGaps offsets may be missing between batches, as compaction leaves them
public record RecoveryInput(
        LogStorage storage,
        String directory,
        Uuid topicId,
        long recoveryPoint,
        long logStartOffset,
        boolean isClean,
        boolean mayCreate,
        boolean allowsGaps,
        int indexIntervalBytes,
        long nowMs) {}
