package io.meridian.engine.replication;

import io.meridian.engine.replication.PartitionAnswer.TrimResult;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// Deletions of records in one partition that wait until the new log start offset is durable.
final class ParkedTrims {
    /// @param position of the deletion in its group
    record Parked(ResultGroup<TrimResult> group, int position, int slot, long requiredStartOffset) {}

    private final List<Parked> parked = new ArrayList<>(0);

    void park(Parked trim) {
        parked.add(trim);
    }

    /// Finishes every deletion that asked for no more than the log now begins at.
    void release(long logStartOffset) {
        parked.removeIf(trim -> {
            boolean isDone = trim.requiredStartOffset() <= logStartOffset;
            if (isDone) {
                trim.group().finish(trim.position(), new TrimResult(trim.slot(), ErrorCode.NONE, logStartOffset));
            }
            return isDone;
        });
    }

    /// Fails everything that waits: the records may yet be gone.
    void failAll(ErrorCode error) {
        List<Parked> failed = List.copyOf(parked);
        parked.clear();
        for (Parked trim : failed) {
            trim.group().finish(trim.position(), TrimResult.refused(trim.slot(), error));
        }
    }
}
