package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Results that come in any order, handed over in the order of their slots when the last one is there.
final class Countdown<R> {
    private final List<@Nullable R> results;
    private final Consumer<List<R>> whenComplete;
    private int missing;

    Countdown(int slots, Consumer<List<R>> whenComplete) {
        this.results = new ArrayList<>(slots);
        for (int slot = 0; slot < slots; slot++) {
            results.add(null);
        }
        this.missing = slots;
        this.whenComplete = whenComplete;
        completeIfDue();
    }

    /// Fills a slot, once.
    void put(int slot, R result) {
        Invariant.check(results.set(slot, result) == null, "a result came twice");
        missing--;
        completeIfDue();
    }

    private void completeIfDue() {
        if (missing == 0) {
            List<R> all = new ArrayList<>(results.size());
            for (@Nullable R result : results) {
                all.add(Invariant.present(result, "a result is missing"));
            }
            whenComplete.accept(all);
        }
    }
}
