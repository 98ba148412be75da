package io.meridian.log.state;

import io.meridian.log.storage.VolumeSpace;

/// When a volume has too little room: below a watermark, which is the smaller of a number of bytes and a share of
/// the volume, so that neither a large disk wastes much of itself nor a small one refuses everything. A quarter of
/// the watermark is a reserve that clients never get: metadata, checkpoints and the offsets of groups need it to go on,
/// and the deletions that free space need them.
///
/// A level is left only when a quarter more than its bound is free, so that it does not come and go with every
/// segment.
///
/// @param lowBytes 0 for no watermark
/// @param lowPercent of the volume; 0 for no watermark
public record SpaceRule(long lowBytes, int lowPercent) {
    private static final int RESERVE_DIVISOR = 4;
    private static final int MARGIN_DIVISOR = 4;

    /// A volume that was full to the last byte is not tried again for less.
    private static final long LEAST_ROOM_BYTES = 64 * 1024;

    public SpaceLevel level(VolumeSpace space, SpaceLevel before) {
        long lowWatermark = lowWatermarkBytes(space.totalBytes());
        long reserve = lowWatermark / RESERVE_DIVISOR;
        long exhaustedBelow =
                before == SpaceLevel.EXHAUSTED ? Math.max(LEAST_ROOM_BYTES, withMargin(reserve)) : reserve;
        if (space.usableBytes() < exhaustedBelow) {
            return SpaceLevel.EXHAUSTED;
        }
        long lowBelow = before == SpaceLevel.AMPLE ? lowWatermark : withMargin(lowWatermark);
        return space.usableBytes() < lowBelow ? SpaceLevel.LOW : SpaceLevel.AMPLE;
    }

    /// Free bytes below which clients' records are refused.
    public long lowWatermarkBytes(long totalBytes) {
        return Math.min(lowBytes, totalBytes / 100 * lowPercent);
    }

    private static long withMargin(long bytes) {
        return bytes + bytes / MARGIN_DIVISOR;
    }
}
