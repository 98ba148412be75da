package io.meridian.engine.handler;

import io.meridian.base.Deadlines;
import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionMessage.AwaitServing;
import io.meridian.engine.replication.TopicIdPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request that is answered when the partitions it made serve, or when its time is over.
///
/// It counts for every node of the process, also for those that own none of the partitions: the client may send its
/// next request to any of them, and each must know the partitions by then.
final class ServingWait implements Operations.Operation, Operations.Timed {
    private final NodeScope scope;
    private final Runnable whenOver;
    private final long operationId;
    private Runnable whenServing = () -> {};
    private Deadlines.@Nullable Ticket deadline;
    private int expectedAnswers;
    private boolean over;

    /// Begins to count the time.
    ///
    /// @param timeoutMs how long the client waits; with 0 or less it does not
    /// @param whenOver called when the time was over first
    ServingWait(NodeScope scope, int timeoutMs, Now now, Runnable whenOver) {
        this.scope = scope;
        this.whenOver = whenOver;
        this.operationId = scope.operations().begin(this);
        this.deadline = scope.operations().deadlines().add(this, now.deadlineNs(Math.max(0, timeoutMs)));
    }

    /// Whether nobody waits any more.
    boolean isOver() {
        return over;
    }

    /// Ends the wait before anybody was asked.
    void end() {
        over = true;
        scope.operations().end(operationId);
        if (deadline != null) {
            scope.operations().deadlines().cancel(deadline);
            deadline = null;
        }
    }

    /// Calls `whenServing` once every node knows what this node knows now and these partitions serve, unless the time
    /// is over before.
    void await(List<TopicIdPartition> partitions, Runnable newWhenServing) {
        Invariant.check(!over && expectedAnswers == 0, "a wait begins once");
        whenServing = newWhenServing;
        ByOwner<TopicIdPartition> byOwner = new ByOwner<>(scope.layout());
        for (TopicIdPartition partition : partitions) {
            byOwner.add(partition, partition);
        }
        expectedAnswers = scope.layout().nodeCount();
        for (int node = 0; node < scope.layout().nodeCount(); node++) {
            scope.bus()
                    .send(
                            node,
                            new AwaitServing(
                                    scope.layout().nodeIndex(),
                                    operationId,
                                    scope.image().metadataOffset(),
                                    byOwner.of(node)));
        }
    }

    @Override
    public void onAnswer(PartitionAnswer answer, Now now) {
        expectedAnswers--;
        if (expectedAnswers == 0) {
            end();
            whenServing.run();
        }
    }

    @Override
    public void onDeadline() {
        deadline = null;
        end();
        whenOver.run();
    }
}
