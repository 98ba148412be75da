package io.meridian.engine.replication;

import io.meridian.engine.replication.PartitionAnswer.AppendResult;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Appends of one partition whose acknowledgement waits for an offset to be reached.
///
/// Kept in the order of the offsets they wait for. A duplicate waits for the end of its original, which may lie
/// before appends that are parked already, so it is put in front of those.
final class ParkedProduces {
    /// @param requiredEndOffset exclusive offset that must be reached
    /// @param position of the append in its group
    record Parked(ResultGroup<AppendResult> group, int position, long requiredEndOffset, AppendResult result) {}

    private final ArrayDeque<Parked> parked = new ArrayDeque<>(1);

    void park(Parked append) {
        ArrayDeque<Parked> later = new ArrayDeque<>(0);
        while (!parked.isEmpty() && parked.peekLast().requiredEndOffset() > append.requiredEndOffset()) {
            later.push(parked.removeLast());
        }
        parked.addLast(append);
        parked.addAll(later);
    }

    /// Finishes every append that waits for nothing beyond `reachedEndOffset`.
    void release(long reachedEndOffset) {
        while (!parked.isEmpty() && parked.peekFirst().requiredEndOffset() <= reachedEndOffset) {
            Parked done = parked.removeFirst();
            done.group().finish(done.position(), done.result());
        }
    }

    /// Fails everything that waits: what was appended may or may not survive.
    void failAll(ErrorCode error, @Nullable String detail) {
        while (!parked.isEmpty()) {
            Parked failed = parked.removeFirst();
            failed.group()
                    .finish(
                            failed.position(),
                            AppendResult.refused(failed.result().slot(), error, detail));
        }
    }

    int size() {
        return parked.size();
    }
}
