package io.meridian.engine.replication;

import io.meridian.base.Deadlines;
import io.meridian.engine.replication.PartitionAnswer.AppendResult;
import io.meridian.engine.replication.PartitionMessage.AppendBatches;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The appends of one message until each has reached what its acks ask for. Answered once, all together.
final class AppendGroup {
    private final AppendBatches request;
    private final @Nullable AppendResult[] results;
    private final NodeBus bus;
    private final Deadlines<AppendGroup> deadlines;
    private Deadlines.@Nullable Ticket ticket;
    private int unfinished;

    AppendGroup(AppendBatches request, NodeBus bus, Deadlines<AppendGroup> deadlines) {
        this.request = request;
        this.results = new @Nullable AppendResult[request.appends().size()];
        this.bus = bus;
        this.deadlines = deadlines;
        this.unfinished = results.length;
    }

    short acks() {
        return request.acks();
    }

    /// Arms the deadline when something is left to wait for.
    void planned() {
        if (unfinished > 0) {
            ticket = deadlines.add(this, request.deadlineNs());
        }
    }

    /// Records the outcome of the append at `position` of the message; the first one recorded stands.
    void finish(int position, AppendResult result) {
        if (results[position] != null) {
            return;
        }
        results[position] = result;
        unfinished--;
        if (unfinished == 0) {
            if (ticket != null) {
                deadlines.cancel(ticket);
            }
            List<AppendResult> all = new ArrayList<>(results.length);
            for (@Nullable AppendResult each : results) {
                if (each != null) {
                    all.add(each);
                }
            }
            bus.send(request.originNode(), new PartitionAnswer.AppendsDone(request.operationId(), all));
        }
    }

    /// Answers what has not finished: the records may yet be replicated, so the client must treat this as unknown.
    void expire() {
        for (int position = 0; position < results.length; position++) {
            int slot = request.appends().get(position).slot();
            finish(position, AppendResult.refused(slot, ErrorCode.REQUEST_TIMED_OUT, null));
        }
    }
}
