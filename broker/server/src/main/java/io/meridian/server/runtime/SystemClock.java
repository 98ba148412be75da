package io.meridian.server.runtime;

import io.meridian.base.Now;
import java.util.function.Supplier;

/// The machine's clocks as one value. The only reader of a clock whose answer reaches a node.
public final class SystemClock implements Supplier<Now> {
    @Override
    public Now get() {
        return new Now(System.currentTimeMillis(), System.nanoTime());
    }
}
