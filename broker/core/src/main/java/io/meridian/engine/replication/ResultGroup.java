package io.meridian.engine.replication;

import io.meridian.base.Deadlines;
import io.meridian.engine.effect.NodeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The parts of one message until each has its result, which may take a while. Answered once, all together.
final class ResultGroup<R> {
    private final int originNode;
    private final List<@Nullable R> results;
    private final NodeBus bus;
    private final Deadlines<ResultGroup<?>> deadlines;
    private final Function<List<R>, NodeMessage> answer;
    private final IntFunction<R> lateResult;
    private Deadlines.@Nullable Ticket ticket;
    private int unfinished;

    /// @param parts how many results there will be, at least 1
    /// @param answer what the asking node is sent
    /// @param lateResult stands for the part at a position that has none when the time is over
    ResultGroup(
            int originNode,
            int parts,
            NodeBus bus,
            Deadlines<ResultGroup<?>> deadlines,
            Function<List<R>, NodeMessage> answer,
            IntFunction<R> lateResult) {
        this.originNode = originNode;
        this.results = new ArrayList<>(parts);
        for (int position = 0; position < parts; position++) {
            results.add(null);
        }
        this.bus = bus;
        this.deadlines = deadlines;
        this.answer = answer;
        this.lateResult = lateResult;
        this.unfinished = parts;
    }

    /// Arms the deadline when something is left to wait for.
    ///
    /// @param deadlineNs monotonic moment
    void expireAt(long deadlineNs) {
        if (unfinished > 0) {
            ticket = deadlines.add(this, deadlineNs);
        }
    }

    /// Records the result of the part at `position`; the first one recorded stands.
    void finish(int position, R result) {
        if (results.get(position) != null) {
            return;
        }
        results.set(position, result);
        unfinished--;
        if (unfinished == 0) {
            if (ticket != null) {
                deadlines.cancel(ticket);
            }
            List<R> all = new ArrayList<>(results.size());
            for (@Nullable R each : results) {
                if (each != null) {
                    all.add(each);
                }
            }
            bus.send(originNode, answer.apply(all));
        }
    }

    /// The time is over: what has not finished may yet happen, so the client must treat it as unknown.
    void expire() {
        for (int position = 0; position < results.size(); position++) {
            if (results.get(position) == null) {
                finish(position, lateResult.apply(position));
            }
        }
    }
}
