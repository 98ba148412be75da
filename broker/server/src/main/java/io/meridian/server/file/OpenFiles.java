package io.meridian.server.file;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How many files and sockets the process may have open, and who gets the last of them: logs first.
///
/// While no more are free than the reserve, no connection is let in; while no more than half of it, nothing is
/// created that needs new files for good. The rest is for the next segments of the logs that there are. What is
/// open is asked of the system four times a second at most, and counted on in between. Safe to use from any thread.
public final class OpenFiles {
    private static final long ASK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long RESERVE_MIN = 32;
    private static final long RESERVE_MAX = 1_024;
    private static final int RESERVE_SHARE = 4;

    private final long limit;
    private final long reserve;
    private final LongSupplier count;
    private final LongSupplier clockNs;
    private long open;
    private long askedNs;

    /// @param limit of the process; a negative one for none
    /// @param reserve how many of them are for logs
    /// @param count asks the system how many are open; a negative answer says that it could not even be asked
    OpenFiles(long limit, long reserve, LongSupplier count, LongSupplier clockNs) {
        this.limit = limit;
        this.reserve = reserve;
        this.count = count;
        this.clockNs = clockNs;
        ask();
    }

    /// Those of this process.
    ///
    /// @param reserved how many are for logs, -1 for a share
    public static OpenFiles ofProcess(int reserved) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return unlimited();
        }
        long limit = system.getMaxFileDescriptorCount();
        long reserve = reserved < 0 ? Math.clamp(limit / RESERVE_SHARE, RESERVE_MIN, RESERVE_MAX) : reserved;
        return new OpenFiles(limit, reserve, system::getOpenFileDescriptorCount, System::nanoTime);
    }

    /// For a system that has no limit, or none that it tells.
    public static OpenFiles unlimited() {
        return new OpenFiles(-1, 0, () -> 0, () -> 0);
    }

    /// How many the process may have; negative when there is no limit.
    public long limit() {
        return limit;
    }

    /// How many of them are for logs.
    public long reserve() {
        return reserve;
    }

    /// Whether the next connection leaves the reserve alone; it is counted if so.
    public synchronized boolean admitsConnection() {
        boolean isRoom = free() > reserve;
        if (isRoom) {
            open++;
        }
        return isRoom;
    }

    /// Whether so many more files that stay open leave half of the reserve; they are counted if so.
    public synchronized boolean admitsFiles(int files) {
        boolean isRoom = free() - files >= reserve / 2;
        if (isRoom) {
            open += files;
        }
        return isRoom;
    }

    /// Whether connections are turned away now.
    public synchronized boolean isLow() {
        return free() <= reserve;
    }

    /// The system has just refused one.
    public synchronized void onExhausted() {
        open = limit;
        askedNs = clockNs.getAsLong();
    }

    private long free() {
        if (limit < 0) {
            return Long.MAX_VALUE;
        }
        if (clockNs.getAsLong() - askedNs >= ASK_AGAIN_NS) {
            ask();
        }
        return limit - open;
    }

    private void ask() {
        long answer = count.getAsLong();
        open = answer < 0 ? limit : answer;
        askedNs = clockNs.getAsLong();
    }
}
