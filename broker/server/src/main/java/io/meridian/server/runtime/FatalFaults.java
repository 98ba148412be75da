package io.meridian.server.runtime;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a process whose state can no longer be trusted: names the reason and halts without running
/// anything else, so that nothing wrong is written on the way out. What was acknowledged is on disk; the next
/// start recovers it.
///
/// Memory that ran out ends the process wherever it is noticed first. On the heap that is the virtual machine
/// itself, when it was started with `-XX:+ExitOnOutOfMemoryError` (exit code 3); everything else, memory outside
/// the heap and threads that the system refuses, ends up here.
public final class FatalFaults {
    /// A failure that nobody below could confine.
    public static final int EXIT_BROKEN = 70;

    /// Memory ran out.
    public static final int EXIT_OUT_OF_MEMORY = 71;

    /// The metadata state machine asked for the stop.
    public static final int EXIT_STOP_DEMANDED = 72;

    private static final Logger LOG = LoggerFactory.getLogger(FatalFaults.class);

    private static final String LAST_WORDS = "out of memory, the process halts";
    private static final int CAUSES_MAX = 16;

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
        if (isOutOfMemory(failure)) {
            sayLast(where, failure);
            halt.accept(EXIT_OUT_OF_MEMORY);
            return;
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("where", where)
                .log("broken invariant, the process halts; restart it and report this");
        halt.accept(EXIT_BROKEN);
    }

    private static boolean isOutOfMemory(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /// There may be no memory left to say more.
    private static void sayLast(String where, Throwable failure) {
        try {
            LOG.atError()
                    .addKeyValue("where", where)
                    .addKeyValue("error", failure)
                    .log("out of memory, the process halts; restart it with more, or with lower limits");
        } catch (OutOfMemoryError again) {
            System.err.println(LAST_WORDS);
        }
    }

    /// Takes every failure that no other code has caught, on whichever thread. For the process's own main class.
    public void watchAllThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof Error) {
                onFailure(thread.getName(), failure);
            } else {
                LOG.atError()
                        .setCause(failure)
                        .addKeyValue("where", thread.getName())
                        .log("a thread ended; report it");
            }
        });
    }

    /// The broker's own state machine cannot go on.
    public void onStopDemanded(String reason) {
        LOG.atError().addKeyValue("error", reason).log("metadata cannot go on, the process halts");
        halt.accept(EXIT_STOP_DEMANDED);
    }
}
