package io.meridian.server.runtime;

import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The threads that block on files, in two lanes that do not wait for each other. Safe to use from any loop.
///
/// A job is never refused, for a node has no way to take it back; a lane over its bound is reported instead,
/// and no request is read until it has half emptied. The threads are platform threads and never interrupted
/// while they work: an interrupt would close the file for everybody.
public final class DiskThreads implements AutoCloseable {
    /// Called with the finished job on the thread that ran it.
    public interface Completion {
        void onDone(StorageJob job, @Nullable StorageFault fault);
    }

    private final Lane sync;
    private final Lane disk;
    private final FatalFaults faults;
    private final List<Runnable> reliefListeners = new CopyOnWriteArrayList<>();

    public DiskThreads(DiskThreadSettings settings, FatalFaults faults) {
        this.sync = new Lane("sync", settings.syncThreads(), settings.queueBound());
        this.disk = new Lane("disk", settings.diskThreads(), settings.queueBound());
        this.faults = faults;
    }

    /// Runs a job of the lane SYNC or DISK.
    public void submit(StorageJob job, Completion completion) {
        Lane lane = lane(job.lane());
        lane.executor.execute(() -> run(lane, job, completion));
        if (lane.depth() >= lane.bound) {
            lane.overBound.set(true);
        }
    }

    /// Whether a lane has more jobs waiting than it should, so that no new work is to be let in.
    public boolean isOverBound() {
        return sync.overBound.get() || disk.overBound.get();
    }

    /// `listener` is called, on any thread, whenever a lane is no longer over its bound.
    public void onRelief(Runnable listener) {
        reliefListeners.add(listener);
    }

    /// Jobs of a lane that wait for a thread.
    public int depth(StorageJob.Lane lane) {
        return lane(lane).depth();
    }

    public int bound(StorageJob.Lane lane) {
        return lane(lane).bound;
    }

    /// Jobs of a lane that have run.
    public long jobsDone(StorageJob.Lane lane) {
        return lane(lane).jobsDone.sum();
    }

    /// Time that jobs of a lane took, by all its threads together.
    public long busyNs(StorageJob.Lane lane) {
        return lane(lane).busyNs.sum();
    }

    /// Runs what waits, takes nothing new, and returns when all threads have ended or `timeoutMs` have passed.
    public boolean stop(long timeoutMs) throws InterruptedException {
        sync.executor.shutdown();
        disk.executor.shutdown();
        return sync.executor.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS)
                && disk.executor.awaitTermination(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /// Takes nothing new; what waits still runs.
    @Override
    public void close() {
        sync.executor.shutdown();
        disk.executor.shutdown();
    }

    private void run(Lane lane, StorageJob job, Completion completion) {
        long startedNs = System.nanoTime();
        StorageFault fault = null;
        try {
            job.run();
        } catch (StorageFault failed) {
            fault = failed;
        } catch (Throwable broken) {
            faults.onFailure("disk thread", broken);
            return;
        }
        lane.jobsDone.increment();
        lane.busyNs.add(System.nanoTime() - startedNs);
        completion.onDone(job, fault);
        if (lane.depth() <= lane.bound / 2 && lane.overBound.compareAndSet(true, false)) {
            reliefListeners.forEach(Runnable::run);
        }
    }

    private Lane lane(StorageJob.Lane lane) {
        return switch (lane) {
            case SYNC -> sync;
            case DISK -> disk;
            case LOOP -> throw new IllegalArgumentException("a job of the loop has no thread here");
        };
    }

    private static final class Lane {
        private final ThreadPoolExecutor executor;
        private final int bound;
        private final AtomicBoolean overBound = new AtomicBoolean();
        private final LongAdder jobsDone = new LongAdder();
        private final LongAdder busyNs = new LongAdder();

        Lane(String name, int threads, int bound) {
            this.bound = bound;
            this.executor = new ThreadPoolExecutor(
                    threads,
                    threads,
                    0,
                    TimeUnit.MILLISECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform()
                            .name("meridian-" + name + "-", 0)
                            .daemon()
                            .factory());
        }

        int depth() {
            return executor.getQueue().size();
        }
    }
}
