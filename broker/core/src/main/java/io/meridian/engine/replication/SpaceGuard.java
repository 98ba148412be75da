package io.meridian.engine.replication;

import io.meridian.log.AppendOrigin;
import io.meridian.log.state.SpaceLevel;
import io.meridian.protocol.api.ErrorCode;

/// What one node knows of the room on the volume, and whom it lets write.
///
/// Refused appends are answered NOT_ENOUGH_REPLICAS: every client tries again after its backoff, keeps the order of
/// its batches and does not ask for metadata meanwhile, and the code promises that nothing was stored.
public final class SpaceGuard {
    /// What a client is told in words.
    public static final String REFUSAL = "the volume of the log directory is low on space; the broker takes records"
            + " again when there is room (log.dir.low.watermark.bytes)";

    private SpaceLevel level = SpaceLevel.AMPLE;

    public SpaceLevel level() {
        return level;
    }

    /// True when that is news.
    public boolean learned(SpaceLevel newLevel) {
        boolean isNews = newLevel != level;
        level = newLevel;
        return isNews;
    }

    /// NONE when an append of this origin may be planned.
    public ErrorCode check(AppendOrigin origin) {
        boolean isAllowed = switch (level) {
            case AMPLE -> true;
            case LOW -> origin != AppendOrigin.CLIENT;
            case EXHAUSTED -> false;
        };
        return isAllowed ? ErrorCode.NONE : ErrorCode.NOT_ENOUGH_REPLICAS;
    }
}
