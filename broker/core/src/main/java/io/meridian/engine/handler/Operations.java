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

    /// Something that goes on when its moment has come.
    interface Timed {
        void onDeadline();
    }

    private final Map<Long, Operation> inWork = new HashMap<>();
    private final Deadlines<Timed> deadlines = new Deadlines<>();
    private long nextId;

    long begin(Operation operation) {
        long id = nextId++;
        inWork.put(id, operation);
        return id;
    }

    void end(long id) {
        inWork.remove(id);
    }

    Deadlines<Timed> deadlines() {
        return deadlines;
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
        deadlines.expire(now, Timed::onDeadline);
    }

    public long nextDeadlineNs() {
        return deadlines.nextDeadlineNs();
    }

    public int size() {
        return inWork.size();
    }
}
