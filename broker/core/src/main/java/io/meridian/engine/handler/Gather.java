package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.replication.PartitionAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A request whose partitions are answered by several nodes: keeps a result per slot, a slot being a partition's
/// place in the request, and goes on when every owner has answered.
final class Gather<R> implements Operations.Operation {
    private final Operations operations;
    private final Function<PartitionAnswer, List<R>> resultsOf;
    private final ToIntFunction<R> slotOf;
    private final Consumer<List<R>> whenAnswered;
    private final List<@Nullable R> results;
    private long operationId;
    private int expectedAnswers;

    /// @param resultsOf the results that an owner's answer holds
    /// @param whenAnswered takes the results by slot
    Gather(
            Operations operations,
            int slots,
            Function<PartitionAnswer, List<R>> resultsOf,
            ToIntFunction<R> slotOf,
            Consumer<List<R>> whenAnswered) {
        this.operations = operations;
        this.resultsOf = resultsOf;
        this.slotOf = slotOf;
        this.whenAnswered = whenAnswered;
        this.results = new ArrayList<>(slots);
        for (int slot = 0; slot < slots; slot++) {
            results.add(null);
        }
    }

    /// Sets a result that no owner needs to be asked for.
    void put(R result) {
        results.set(slotOf.applyAsInt(result), result);
    }

    /// Waits for `owners` answers from here on; goes on at once when there is nobody to wait for. Returns the number
    /// that the owners' messages must carry.
    long await(int owners) {
        expectedAnswers = owners;
        if (owners == 0) {
            finish();
        } else {
            operationId = operations.begin(this);
        }
        return operationId;
    }

    @Override
    public void onAnswer(PartitionAnswer answer, Now now) {
        for (R result : resultsOf.apply(answer)) {
            put(result);
        }
        expectedAnswers--;
        if (expectedAnswers == 0) {
            operations.end(operationId);
            finish();
        }
    }

    private void finish() {
        List<R> all = new ArrayList<>(results.size());
        for (@Nullable R result : results) {
            all.add(Invariant.present(result, "a partition was never answered"));
        }
        whenAnswered.accept(all);
    }
}
