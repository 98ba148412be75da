package io.meridian.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the first SIGTERM or SIGINT into a clean stop with exit code 0 and lets the second one end the process at
/// once.
///
/// A virtual machine that ends by a signal runs its shutdown hooks and ignores further signals until they are done.
/// The hook here therefore first hands both signals back to the operating system, whose default is to end the
/// process.
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;
    private static final int FAILED = 1;

    private final CountDownLatch never = new CountDownLatch(1);
    private final Thread hook;

    private Shutdown(Thread hook) {
        this.hook = hook;
    }

    /// Runs `stop` when a signal arrives.
    static Shutdown onSignal(Runnable stop) {
        Thread hook = new Thread(() -> end(stop), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Shutdown(hook);
    }

    /// Leaves the end of the process, and its exit code, to others.
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // A signal was faster and ends the process.
        }
    }

    private static void end(Runnable stop) {
        int exitCode = FAILED;
        try {
            giveSignalsBack();
            stop.run();
            exitCode = 0;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the node did not stop cleanly; the next start recovers its logs");
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /// Blocks the caller while the process lives.
    void awaitForever() throws InterruptedException {
        never.await();
    }

    @SuppressWarnings("restricted")
    private static void giveSignalsBack() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> signal = linker.defaultLookup().find("signal");
        if (signal.isEmpty()) {
            return;
        }
        MethodHandle handle = linker.downcallHandle(
                signal.get(), FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            MemorySegment _ = (MemorySegment) handle.invokeExact(SIGINT, MemorySegment.NULL);
            MemorySegment _ = (MemorySegment) handle.invokeExact(SIGTERM, MemorySegment.NULL);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("signal(2) failed", e);
        }
    }
}
