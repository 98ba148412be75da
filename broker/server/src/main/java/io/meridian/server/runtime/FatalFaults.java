package io.meridian.server.runtime;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a process whose state can no longer be trusted: names the reason and halts without running
/// anything else, so that nothing wrong is written on the way out. What was acknowledged is on disk; the next
/// start recovers it.
public final class FatalFaults {
    /// A failure that nobody below could confine.
    public static final int EXIT_BROKEN = 70;

    /// Memory ran out.
    public static final int EXIT_OUT_OF_MEMORY = 71;

    /// The metadata state machine asked for the stop.
    public static final int EXIT_STOP_DEMANDED = 72;

    private static final Logger LOG = LoggerFactory.getLogger(FatalFaults.class);

    private final IntConsumer halt;

    /// @param halt ends the process with an exit code; does not return in production
    public FatalFaults(IntConsumer halt) {
        this.halt = halt;
    }

    public static FatalFaults haltingProcess() {
        return new FatalFaults(code -> Runtime.getRuntime().halt(code));
    }

    /// A failure escaped from `where`.
    public void onFailure(String where, Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            halt.accept(EXIT_OUT_OF_MEMORY);
            return;
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("where", where)
                .log("broken invariant, the process halts; restart it and report this");
        halt.accept(EXIT_BROKEN);
    }

    /// The broker's own state machine cannot go on.
    public void onStopDemanded(String reason) {
        LOG.atError().addKeyValue("error", reason).log("metadata cannot go on, the process halts");
        halt.accept(EXIT_STOP_DEMANDED);
    }
}
