package io.meridian.engine.replication;

import io.meridian.base.Deadlines;
import io.meridian.engine.replication.PartitionAnswer.TrimResult;
import io.meridian.engine.replication.PartitionMessage.TrimPartitions;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The deletions of one message until each new log start offset is durable. Answered once, all together.
final class TrimGroup {
    private final TrimPartitions request;
    private final @Nullable TrimResult[] results;
    private final NodeBus bus;
    private final Deadlines<TrimGroup> deadlines;
    private Deadlines.@Nullable Ticket ticket;
    private int unfinished;

    TrimGroup(TrimPartitions request, NodeBus bus, Deadlines<TrimGroup> deadlines) {
        this.request = request;
        this.results = new @Nullable TrimResult[request.trims().size()];
        this.bus = bus;
        this.deadlines = deadlines;
        this.unfinished = results.length;
    }

    /// Arms the deadline when something is left to wait for.
    void begun() {
        if (unfinished > 0) {
            ticket = deadlines.add(this, request.deadlineNs());
        }
    }

    /// Records the outcome of the deletion at `position` of the message; the first one recorded stands.
    void finish(int position, TrimResult result) {
        if (results[position] != null) {
            return;
        }
        results[position] = result;
        unfinished--;
        if (unfinished == 0) {
            if (ticket != null) {
                deadlines.cancel(ticket);
            }
            List<TrimResult> all = new ArrayList<>(results.length);
            for (@Nullable TrimResult each : results) {
                if (each != null) {
                    all.add(each);
                }
            }
            bus.send(request.originNode(), new PartitionAnswer.PartitionsTrimmed(request.operationId(), all));
        }
    }

    /// Answers what has not finished: the records may yet be deleted.
    void expire() {
        for (int position = 0; position < results.length; position++) {
            finish(position, TrimResult.refused(request.trims().get(position).slot(), ErrorCode.REQUEST_TIMED_OUT));
        }
    }
}
