package io.meridian.server.file;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// The functions of Linux' C library that Java has no class for, and the descriptors that they work on. Safe to use
/// from any thread.
@SuppressWarnings("restricted") // The launcher grants native access.
final class LinuxCalls {
    static final int READ_ONLY = 0;
    static final int WRITE_ONLY = 1;

    private static final int CLOSE_ON_EXEC = 0x80000;

    private final Linker linker;
    private final SymbolLookup library;
    private final MethodHandle open;
    private final MethodHandle close;

    private LinuxCalls(Linker linker, SymbolLookup library, MemorySegment open, MemorySegment close) {
        this.linker = linker;
        this.library = library;
        this.open = linker.downcallHandle(
                open,
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        this.close = linker.downcallHandle(close, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /// Empty on other systems.
    static Optional<LinuxCalls> find() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return library.find("open")
                .flatMap(open -> library.find("close").map(close -> new LinuxCalls(linker, library, open, close)));
    }

    /// A function by its name; empty where the library has none.
    Optional<MethodHandle> function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return library.find(name).map(address -> linker.downcallHandle(address, descriptor, options));
    }

    /// A descriptor for what is at `path`, not inherited by child processes; negative when it cannot be opened.
    ///
    /// @param access [#READ_ONLY] or [#WRITE_ONLY]
    int open(Path path, int access) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toAbsolutePath().toString());
            return (int) open.invokeExact(name, access | CLOSE_ON_EXEC);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException("open(2) could not be called", failed);
        }
    }

    /// @param descriptor one that [#open] gave and that is not closed yet
    void close(int descriptor) {
        try {
            int result = (int) close.invokeExact(descriptor);
            if (result != 0) {
                throw new IllegalStateException("a descriptor was closed twice");
            }
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException("close(2) could not be called", failed);
        }
    }
}
