package io.meridian.engine.coordinator;

import io.meridian.base.Now;
import java.util.List;

/// The partition that a shard stands on, while this broker leads it.
public interface CoordinatorLog {
    /// Hears what is stored.
    interface Reader {
        /// The next records, oldest first.
        void records(List<CoordinatorRecord> records);

        /// Everything that was stored when the reading began has been handed over.
        void end(Now now);

        /// The stored records cannot be read.
        void failed(String reason);
    }

    /// Hands everything stored to `reader`, in pieces, in later events.
    void read(Reader reader);

    /// Whether there is room for what clients ask to be stored. Without it only what cannot be put off is appended.
    boolean hasRoom();

    /// Appends records, in as few batches as they fit in. False when the log takes nothing now; then nothing more
    /// may be appended on the ground of what was decided.
    boolean append(List<CoordinatorRecord> records, Now now);

    /// The next offset to be given.
    long logEndOffset();

    /// Below it everything is replicated (exclusive).
    long highWatermark();
}
