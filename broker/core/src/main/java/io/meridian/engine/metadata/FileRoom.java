package io.meridian.engine.metadata;

import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;

/// Whether the files of new partitions can be opened beside those of the partitions that there are. Logs that are
/// there come first: a partition that finds no file for its next segment cannot be written to.
@FunctionalInterface
public interface FileRoom {
    /// Where files are no concern.
    FileRoom ENDLESS = _ -> true;

    /// Files that a new partition has open: its first segment, and until this was synced its identity.
    int FILES_PER_PARTITION = 2;

    /// Whether so many partitions more find their files.
    boolean hasRoomFor(int partitions);

    /// Not to be tried again by itself: somebody has to make room.
    static <T> Outcome<T> refusal(int partitions) {
        return Outcome.rejected(
                ErrorCode.POLICY_VIOLATION,
                "the broker may not open enough files for " + partitions + " more partitions (each needs "
                        + FILES_PER_PARTITION
                        + "); raise the limit of open files of its process, or close connections");
    }
}
