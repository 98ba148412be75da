package io.meridian.transport;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// When a connection has been silent, or slow with a frame, for too long. Confined to the connection's event
/// loop.
///
/// One timer per connection, and it is not moved by traffic: when it fires it looks at what happened meanwhile
/// and arms itself for what is left. A silent connection costs one wake-up per idle period.
final class ConnectionDeadlines {
    /// Decides, when the timer fires, what the connection is guilty of.
    interface Listener {
        boolean isBusy();

        void onSlow();

        void onIdle();
    }

    private static final long NONE = Long.MIN_VALUE;

    private final EventExecutor executor;
    private final Ticker ticker;
    private final long frameTimeoutNs;
    private final long idleTimeoutNs;
    private final Listener listener;
    private long activeAtNs;
    private long frameStartedAtNs = NONE;
    private long armedForNs = NONE;
    private @Nullable Future<?> armed;

    ConnectionDeadlines(EventExecutor executor, FrameSettings settings, Listener listener) {
        this.executor = executor;
        this.ticker = executor.ticker();
        this.frameTimeoutNs = TimeUnit.MILLISECONDS.toNanos(settings.frameTimeoutMs());
        this.idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(settings.idleTimeoutMs());
        this.listener = listener;
        this.activeAtNs = ticker.nanoTime();
        arm();
    }

    /// Bytes were read. `frameIncomplete` when they end within a frame that this side is willing to read on.
    void onBytes(boolean frameIncomplete) {
        activeAtNs = ticker.nanoTime();
        if (!frameIncomplete) {
            frameStartedAtNs = NONE;
        } else if (frameStartedAtNs == NONE) {
            frameStartedAtNs = activeAtNs;
            if (armedForNs - frameDeadlineNs() > 0) {
                arm();
            }
        }
    }

    /// A frame was completed; the bytes after it, if any, belong to the next.
    void onFrameComplete() {
        frameStartedAtNs = NONE;
    }

    void cancel() {
        if (armed != null) {
            armed.cancel(false);
            armed = null;
        }
    }

    private long frameDeadlineNs() {
        return frameStartedAtNs + frameTimeoutNs;
    }

    private void arm() {
        cancel();
        long idleDeadlineNs = activeAtNs + idleTimeoutNs;
        armedForNs =
                frameStartedAtNs != NONE && frameDeadlineNs() - idleDeadlineNs < 0 ? frameDeadlineNs() : idleDeadlineNs;
        armed = executor.schedule(this::fire, armedForNs - ticker.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        armed = null;
        long nowNs = ticker.nanoTime();
        if (frameStartedAtNs != NONE && nowNs - frameDeadlineNs() >= 0) {
            listener.onSlow();
            return;
        }
        if (listener.isBusy()) {
            activeAtNs = nowNs;
        }
        if (nowNs - activeAtNs >= idleTimeoutNs) {
            listener.onIdle();
            return;
        }
        arm();
    }
}
