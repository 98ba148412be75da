package io.meridian.server.file;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Gives growing files their blocks ahead of their bytes, by `fallocate`: then a write need not look for space, which
/// is up to a third of what it costs, and a file lies in few pieces. The size of the file stays what was written.
///
/// Only ever a gain: where the system, the file system or the volume does not give the blocks, writes find their
/// space themselves. Safe to use from any thread.
final class BlockReserve {
    /// Most files of a broker stay smaller.
    static final long FROM_BYTES = 1L << 20;

    /// A file has at most this part of its size in reserve...
    private static final int SHARE = 4;

    /// ...and not more than this.
    private static final long BYTES_MAX = 16L << 20;

    private static final int KEEP_SIZE = 1;

    private final @Nullable LinuxCalls calls;
    private @Nullable MethodHandle fallocate;
    private boolean isLookedUp;

    /// @param calls null where there are none
    BlockReserve(@Nullable LinuxCalls calls) {
        this.calls = calls;
    }

    /// Reserves blocks for what is written from `positionBytes` on; gives the position up to which nobody need ask
    /// again. That is a multiple of the reserve, so that a segment that is rolled at a round size leaves nothing
    /// behind.
    long reserve(Path file, long positionBytes) {
        if (positionBytes < FROM_BYTES) {
            return FROM_BYTES;
        }
        long bytes = Math.min(Long.highestOneBit(positionBytes) / SHARE, BYTES_MAX);
        long end = Math.floorDiv(positionBytes, bytes) * bytes + bytes;
        MethodHandle call = fallocate();
        if (calls != null && call != null) {
            reserve(calls, call, file, positionBytes, end - positionBytes);
        }
        return end;
    }

    /// Linked at its first use: a broker without large files starts without it.
    private synchronized @Nullable MethodHandle fallocate() {
        if (!isLookedUp) {
            isLookedUp = true;
            FunctionDescriptor descriptor = FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG);
            fallocate = calls == null
                    ? null
                    : calls.function("fallocate", descriptor).orElse(null);
        }
        return fallocate;
    }

    /// The file is found by its name. If another has that name by now it gets some blocks, and no other size.
    private static void reserve(LinuxCalls calls, MethodHandle call, Path file, long fromBytes, long bytes) {
        int descriptor = calls.open(file, LinuxCalls.WRITE_ONLY);
        if (descriptor < 0) {
            return;
        }
        try {
            int _ = (int) call.invokeExact(descriptor, KEEP_SIZE, fromBytes, bytes);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw new IllegalStateException("fallocate(2) could not be called", failed);
        } finally {
            calls.close(descriptor);
        }
    }
}
