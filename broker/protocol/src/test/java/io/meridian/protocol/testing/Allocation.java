package io.meridian.protocol.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// How many bytes the current thread allocates.
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /// What decoding a frame may allocate.
    public static long allowed(int frameBytes) {
        return 16L * frameBytes + 64 * 1_024;
    }

    public static long bytesOf(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
