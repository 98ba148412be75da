package io.meridian.engine.group;

import io.meridian.base.Uuid;

/// How far a group has read a partition.
///
/// @param leaderEpoch of the last record read, -1 when unknown: lets a client notice that the log was truncated
/// @param commitTimestampMs wall clock
/// @param expireTimestampMs when the client wants it forgotten, -1 for the broker's rule
/// @param topicId the topic that carried the name at the commit, zero when unknown
record CommittedOffset(
        long offset, int leaderEpoch, String metadata, long commitTimestampMs, long expireTimestampMs, Uuid topicId) {
    static final long NO_EXPIRY = -1L;
}
