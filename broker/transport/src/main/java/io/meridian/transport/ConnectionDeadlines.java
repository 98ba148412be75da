package io.meridian.transport;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// When a connection has been silent, or slow with something, for too long. Confined to the connection's event
/// loop.
///
/// One timer per connection, and it is not moved by traffic: when it fires it looks at what happened meanwhile
/// and arms itself for what is left. A silent connection costs one wake-up per idle period, one that is in the
/// middle of a frame two per second.
final class ConnectionDeadlines {
    /// Decides, when the timer fires, what the connection is guilty of.
    interface Listener {
        /// Something is in work, or this side does not read.
        boolean isBusy();

        /// Whether the frame under way is slower than its deadline allows although others wait for its memory.
        boolean isInTheWay(long elapsedNs);

        /// Whether others wait for memory.
        boolean isMemoryShort();

        Unsent unsent();

        /// What the connection is to be dropped for.
        void onLate(DropReason reason, String detail);
    }

    private static final long NONE = Long.MIN_VALUE;
    private static final long PACE_CHECK_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final EventExecutor executor;
    private final Ticker ticker;
    private final FrameSettings settings;
    private final long frameTimeoutNs;
    private final long idleTimeoutNs;
    private final long unsentTimeoutNs;
    private final Listener listener;
    private long activeAtNs;
    private long setupDeadlineNs;
    private long frameStartedAtNs = NONE;
    private long unsentSinceNs = NONE;
    private @Nullable Unsent unsent;
    private long armedForNs = NONE;
    private @Nullable Future<?> armed;

    ConnectionDeadlines(EventExecutor executor, FrameSettings settings, Listener listener) {
        this.executor = executor;
        this.ticker = executor.ticker();
        this.settings = settings;
        this.frameTimeoutNs = TimeUnit.MILLISECONDS.toNanos(settings.frameTimeoutMs());
        this.idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(settings.idleTimeoutMs());
        this.unsentTimeoutNs = TimeUnit.MILLISECONDS.toNanos(settings.unsentTimeoutMs());
        this.listener = listener;
        this.activeAtNs = ticker.nanoTime();
        this.setupDeadlineNs = activeAtNs + setupTimeoutNs();
        arm(activeAtNs);
    }

    private long setupTimeoutNs() {
        return TimeUnit.MILLISECONDS.toNanos(settings.setupTimeoutMs());
    }

    /// Bytes were read. `frameIncomplete` when they end within a frame that this side is willing to read on.
    void onBytes(boolean frameIncomplete) {
        activeAtNs = ticker.nanoTime();
        if (!frameIncomplete) {
            frameStartedAtNs = NONE;
        } else if (frameStartedAtNs == NONE) {
            frameStartedAtNs = activeAtNs;
            armBy(activeAtNs, activeAtNs + Math.min(PACE_CHECK_NS, frameTimeoutNs));
        }
    }

    /// A frame was completed; the bytes after it, if any, belong to the next.
    void onFrameComplete() {
        frameStartedAtNs = NONE;
        setupDeadlineNs = NONE;
    }

    /// Something that was written is still here.
    void onUnsent() {
        if (unsentSinceNs == NONE) {
            long nowNs = ticker.nanoTime();
            unsentSinceNs = nowNs;
            unsent = listener.unsent();
            armBy(nowNs, nowNs + Math.min(PACE_CHECK_NS, unsentTimeoutNs));
        }
    }

    void cancel() {
        if (armed != null) {
            armed.cancel(false);
            armed = null;
        }
    }

    private void armBy(long nowNs, long deadlineNs) {
        if (armedForNs - deadlineNs > 0) {
            arm(nowNs);
        }
    }

    private void arm(long nowNs) {
        cancel();
        long nextNs = activeAtNs + idleTimeoutNs;
        if (setupDeadlineNs != NONE) {
            nextNs = earlier(nextNs, setupDeadlineNs);
        }
        if (frameStartedAtNs != NONE) {
            nextNs = earlier(nextNs, earlier(nowNs + PACE_CHECK_NS, frameStartedAtNs + frameTimeoutNs));
        }
        if (unsentSinceNs != NONE) {
            nextNs = earlier(nextNs, earlier(nowNs + PACE_CHECK_NS, unsentSinceNs + unsentTimeoutNs));
        }
        armedForNs = nextNs;
        armed = executor.schedule(this::fire, nextNs - nowNs, TimeUnit.NANOSECONDS);
    }

    private static long earlier(long first, long second) {
        return first - second < 0 ? first : second;
    }

    private void fire() {
        armed = null;
        long nowNs = ticker.nanoTime();
        boolean isBusy = listener.isBusy();
        if (frameStartedAtNs != NONE && nowNs - frameStartedAtNs >= frameTimeoutNs) {
            listener.onLate(DropReason.SLOW, "a frame was not complete within " + settings.frameTimeoutMs() + " ms");
        } else if (frameStartedAtNs != NONE && listener.isInTheWay(nowNs - frameStartedAtNs)) {
            listener.onLate(DropReason.SLOW, "a frame came slowly while others waited for its memory");
        } else if (isSetupOver(nowNs, isBusy)) {
            listener.onLate(DropReason.SETUP, "no whole request within the first " + settings.setupTimeoutMs() + " ms");
        } else if (isLeftUnsent(nowNs)) {
            listener.onLate(DropReason.UNREAD, "nothing of its responses was taken while they waited to be sent");
        } else if (isIdle(nowNs, isBusy)) {
            listener.onLate(DropReason.IDLE, "nothing was received for " + settings.idleTimeoutMs() + " ms");
        } else {
            arm(nowNs);
        }
    }

    private boolean isSetupOver(long nowNs, boolean isBusy) {
        if (setupDeadlineNs == NONE || nowNs - setupDeadlineNs < 0) {
            return false;
        }
        if (isBusy) {
            setupDeadlineNs = nowNs + setupTimeoutNs();
        }
        return !isBusy;
    }

    /// Where memory is short, half a second without any progress is enough.
    private boolean isLeftUnsent(long nowNs) {
        if (unsentSinceNs == NONE) {
            return false;
        }
        Unsent left = listener.unsent();
        if (left.isNothing()) {
            unsentSinceNs = NONE;
            unsent = null;
            return false;
        }
        if (!left.equals(unsent)) {
            unsent = left;
            unsentSinceNs = nowNs;
            return false;
        }
        return nowNs - unsentSinceNs >= (listener.isMemoryShort() ? PACE_CHECK_NS : unsentTimeoutNs);
    }

    private boolean isIdle(long nowNs, boolean isBusy) {
        if (isBusy) {
            activeAtNs = nowNs;
        }
        return nowNs - activeAtNs >= idleTimeoutNs;
    }
}
