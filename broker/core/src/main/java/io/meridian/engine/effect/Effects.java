package io.meridian.engine.effect;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The effects of the events handled since the ring last emptied it, oldest first.
public final class Effects {
    private final ArrayDeque<Effect> pending = new ArrayDeque<>();

    public void add(Effect effect) {
        pending.add(effect);
    }

    /// Removes and returns the oldest effect; null when there is none.
    public @Nullable Effect poll() {
        return pending.poll();
    }

    public boolean isEmpty() {
        return pending.isEmpty();
    }
}
