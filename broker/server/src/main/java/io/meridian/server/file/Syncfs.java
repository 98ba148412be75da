package io.meridian.server.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Optional;

/// Linux' `syncfs`: makes everything written to one file system durable with one call. Cheaper than forcing
/// file by file when a round has many.
///
/// The descriptor is opened once and kept: the kernel reports a failed write-back to every descriptor that was
/// open when it happened, so a descriptor opened afterwards would not hear of it. Safe to use from any thread
/// until it is closed.
final class Syncfs implements AutoCloseable {
    private static final String ERRNO = "errno";

    private final LinuxCalls calls;
    private final MethodHandle syncfs;
    private final StructLayout captured = Linker.Option.captureStateLayout();
    private final VarHandle errno = captured.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));
    private final int descriptor;

    private Syncfs(LinuxCalls calls, MethodHandle syncfs, int descriptor) {
        this.calls = calls;
        this.syncfs = syncfs;
        this.descriptor = descriptor;
    }

    /// The call for the file system of `directory`; empty where the system has none.
    @SuppressWarnings("restricted") // The launcher grants native access.
    static Optional<Syncfs> open(LinuxCalls calls, Path directory) {
        FunctionDescriptor ofDescriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return calls.function("syncfs", ofDescriptor, Linker.Option.captureCallState(ERRNO))
                .flatMap(syncfs -> {
                    int descriptor = calls.open(directory, LinuxCalls.READ_ONLY);
                    return descriptor < 0 ? Optional.empty() : Optional.of(new Syncfs(calls, syncfs, descriptor));
                });
    }

    /// Returns when all that was written before is durable.
    void sync() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(captured);
            int result = (int) syncfs.invokeExact(state, descriptor);
            if (result != 0) {
                throw new IOException("syncfs failed with error " + (int) errno.get(state, 0L));
            }
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException("syncfs(2) could not be called", failed);
        }
    }

    @Override
    public void close() {
        calls.close(descriptor);
    }
}
