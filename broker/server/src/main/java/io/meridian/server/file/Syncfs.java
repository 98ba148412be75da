package io.meridian.server.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
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

    private final MethodHandle syncfs;
    private final MethodHandle close;
    private final VarHandle errno;
    private final StructLayout captured;
    private final int descriptor;

    private Syncfs(MethodHandle syncfs, MethodHandle close, StructLayout captured, int descriptor) {
        this.syncfs = syncfs;
        this.close = close;
        this.captured = captured;
        this.errno = captured.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));
        this.descriptor = descriptor;
    }

    /// The call for the file system of `directory`; empty where the system has none.
    @SuppressWarnings("restricted") // The launcher grants native access.
    static Optional<Syncfs> open(Path directory) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        SymbolLookup libc = linker.defaultLookup();
        Optional<MemorySegment> syncfs = libc.find("syncfs");
        Optional<MemorySegment> open = libc.find("open");
        Optional<MemorySegment> close = libc.find("close");
        if (syncfs.isEmpty() || open.isEmpty() || close.isEmpty()) {
            return Optional.empty();
        }
        StructLayout captured = Linker.Option.captureStateLayout();
        MethodHandle openCall = linker.downcallHandle(
                open.get(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        FunctionDescriptor ofDescriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        MethodHandle syncCall =
                linker.downcallHandle(syncfs.get(), ofDescriptor, Linker.Option.captureCallState(ERRNO));
        MethodHandle closeCall = linker.downcallHandle(close.get(), ofDescriptor);
        int descriptor = openReadOnly(openCall, directory);
        return descriptor < 0 ? Optional.empty() : Optional.of(new Syncfs(syncCall, closeCall, captured, descriptor));
    }

    private static int openReadOnly(MethodHandle open, Path directory) {
        int readOnly = 0;
        try (Arena arena = Arena.ofConfined()) {
            return (int) open.invokeExact(
                    arena.allocateFrom(directory.toAbsolutePath().toString()), readOnly);
        } catch (Throwable failed) {
            throw new IllegalStateException("open(2) could not be called", failed);
        }
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
        try {
            int result = (int) close.invokeExact(descriptor);
            if (result != 0) {
                throw new IllegalStateException("a directory descriptor was closed twice");
            }
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException("close(2) could not be called", failed);
        }
    }
}
