package io.meridian.engine.handler;

import io.meridian.base.Deadlines;
import io.meridian.base.Now;
import io.meridian.engine.replication.PartitionAnswer;
import java.util.HashMap;
import java.util.Map;

/// Requests of this node that wait for answers of the nodes that own their partitions, by number.
///
/// Bounded by the requests that connections may have in work. Looked up by number only, never iterated.
public final class Operations {
    /// A request in work.
    interface Operation {
        void onAnswer(PartitionAnswer answer, Now now);
    }

    private final Map<Long, Operation> inWork = new HashMap<>();
    private final Deadlines<FetchOperation> fetchDeadlines = new Deadlines<>();
    private long nextId;

    long begin(Operation operation) {
        long id = nextId++;
        inWork.put(id, operation);
        return id;
    }

    void end(long id) {
        inWork.remove(id);
    }

    Deadlines<FetchOperation> fetchDeadlines() {
        return fetchDeadlines;
    }

    /// Hands an answer to its operation; one that has ended meanwhile gets none.
    public void onAnswer(PartitionAnswer answer, Now now) {
        Operation operation = inWork.get(answer.operationId());
        if (operation != null) {
            operation.onAnswer(answer, now);
        } else if (answer instanceof PartitionAnswer.ReadsDone(long _, var results)) {
            results.forEach(PartitionAnswer.ReadResult::release);
        }
    }

    public void tick(Now now) {
        fetchDeadlines.expire(now, FetchOperation::onDeadline);
    }

    public long nextDeadlineNs() {
        return fetchDeadlines.nextDeadlineNs();
    }

    public int size() {
        return inWork.size();
    }
}
