package io.meridian.log.storage;

import io.meridian.base.Now;
import org.jspecify.annotations.Nullable;

/// Storage work that a loop asks for. The ring calls [#run()] once, on the thread that [#lane()] names, and then
/// [#complete] once, on the loop that asked.
///
/// [#run()] reads and writes only fields of the job and the storage port, so a job needs no locks: the hand-over
/// between the threads is its only synchronisation. A job is never run twice.
public abstract class StorageJob {
    /// Where a job may run.
    public enum Lane {
        /// On the loop itself: an append into the page cache.
        LOOP,
        /// On the threads that wait for the device: syncs.
        SYNC,
        /// On the threads for everything else that blocks: roll, recovery, cold reads, deletes, checkpoints.
        DISK
    }

    public abstract Lane lane();

    /// Does the work; off the loop unless the lane is LOOP.
    public abstract void run() throws StorageFault;

    /// Takes the result back into the loop's state. `fault` is what [#run()] threw, or null.
    public abstract void complete(@Nullable StorageFault fault, Now now);
}
