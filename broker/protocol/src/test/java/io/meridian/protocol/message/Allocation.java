package io.meridian.protocol.message;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// How many bytes the current thread allocates.
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    static long bytesOf(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
