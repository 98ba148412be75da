package io.meridian.log;

import io.meridian.log.storage.StorageFault;

/// Hears what happened to a log, on its loop, after the log's offsets show it.
public interface LogListener {
    /// Hears nothing: what a log has until somebody takes an interest.
    LogListener NONE = new LogListener() {
        @Override
        public void written() {}

        @Override
        public void synced() {}

        @Override
        public void faulted(StorageFault fault) {}
    };

    /// The written end has moved.
    void written();

    /// The synced end has moved.
    void synced();

    /// The volume has no space left for what is queued: it is written once [PartitionLog#resume()] was called and
    /// space is there. Nothing is lost, nothing more is acknowledged meanwhile.
    default void stalled(StorageFault fault) {}

    /// Segments that held nothing any more are gone, `bytes` of log files with them.
    default void removed(int segments, long bytes) {}

    /// A write or a sync failed: nothing more is stored until the log is opened again. Called once.
    void faulted(StorageFault fault);
}
