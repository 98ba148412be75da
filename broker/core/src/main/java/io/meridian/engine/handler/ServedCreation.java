package io.meridian.engine.handler;

import io.meridian.base.Now;
import io.meridian.engine.replication.TopicIdPartition;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A request that makes partitions, on its way: decided by the controller first, then answered when the new
/// partitions serve, or when its time is over.
///
/// @param <T> what was decided of one topic
final class ServedCreation<T> {
    private final ServingWait wait;
    private final Consumer<List<T>> answer;
    private final UnaryOperator<T> late;
    private List<T> decided;

    /// Begins to count the time.
    ///
    /// @param undecided stands for the decisions until they are there
    /// @param late what is said of a topic when the time is over
    ServedCreation(
            NodeScope scope,
            int timeoutMs,
            Now now,
            List<T> undecided,
            UnaryOperator<T> late,
            Consumer<List<T>> answer) {
        this.decided = List.copyOf(undecided);
        this.late = late;
        this.answer = answer;
        this.wait = new ServingWait(scope, timeoutMs, now, this::timedOut);
    }

    /// The controller has decided.
    ///
    /// @param partitions the new ones, empty when there is nothing to wait for
    void decided(List<T> decisions, List<TopicIdPartition> partitions) {
        decided = decisions;
        if (wait.isOver()) {
            return;
        }
        if (partitions.isEmpty()) {
            wait.end();
            answer.accept(decided);
        } else {
            wait.await(partitions, () -> answer.accept(decided));
        }
    }

    private void timedOut() {
        answer.accept(decided.stream().map(late).toList());
    }
}
