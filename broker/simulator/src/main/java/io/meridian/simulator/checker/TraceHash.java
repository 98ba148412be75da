package io.meridian.simulator.checker;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Folds what happened in a run into 64 bits, so that two runs can be compared.
public final class TraceHash {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long hash = 1;
    private @Nullable Consumer<String> narrator;

    /// From now on also tells `newNarrator` in words what happens, for whoever looks into one seed.
    public void narrateTo(Consumer<String> newNarrator) {
        narrator = newNarrator;
    }

    /// Tells in words what happens, when anybody listens.
    public void say(Supplier<String> words) {
        Consumer<String> listener = narrator;
        if (listener != null) {
            listener.accept(words.get());
        }
    }

    public void mix(long value) {
        hash = Long.rotateLeft(hash ^ value, 29) * MULTIPLIER;
    }

    public void mix(long first, long second, long third) {
        mix(first);
        mix(second);
        mix(third);
    }

    public long value() {
        return hash;
    }
}
