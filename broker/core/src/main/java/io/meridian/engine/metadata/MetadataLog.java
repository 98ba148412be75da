package io.meridian.engine.metadata;

import io.meridian.base.Now;
import java.util.List;

/// The port to the log that orders and keeps decided batches: a file of this broker, or a log that several brokers
/// agree on.
///
/// One entry per batch: entries are kept whole or not at all. Each carries the term of its proposer and its base,
/// the offset of the last record that its decision had seen. When an entry's turn comes and its base is not the
/// offset delivered last, or its term is over, nothing of it is delivered and its proposer learns it through
/// [Listener#dropped]. So a batch in flight that fails takes with it every later one that was decided on top.
///
/// Offsets count delivered records: a batch of n records that follows offset `base` ends at `base + n`.
///
/// All calls, in both directions, come on the one loop that owns the metadata; no call of the log calls the listener
/// before it returns.
public interface MetadataLog {
    /// Begins to deliver: first the newest snapshot if there is one, then every batch after it, then
    /// [Listener#active] if this process may propose. Called once.
    void start(Listener listener);

    /// Asks for one entry. It counts once it is durable: then it is delivered like any other.
    ///
    /// @param term as told by [Listener#active]
    /// @param baseOffset the last offset of the image that was decided against, own batches in flight included
    /// @param batch at least one record
    void propose(int term, long baseOffset, List<MetadataRecord> batch, Now now);

    /// A snapshot that [Listener#snapshotDue] asked for. What it covers may be forgotten once it is durable.
    void snapshotTaken(Snapshot snapshot);

    /// Stops delivering. What was delivered stays.
    void close();

    /// Everything up to an offset, as records that rebuild it.
    ///
    /// @param term of the entry that ends at `lastOffset`
    record Snapshot(long lastOffset, int term, List<MetadataRecord> records) {
        public Snapshot {
            records = List.copyOf(records);
        }
    }

    /// Who applies the batches.
    interface Listener {
        /// Replaces whatever was applied before. Comes first after the start, and again when this process had fallen
        /// so far behind that the batches in between are gone.
        void snapshotLoaded(Snapshot snapshot);

        /// A batch is durable and has its place. Comes once for each, in the order of offsets.
        ///
        /// @param term of its proposer; never goes down
        void committed(long lastOffset, int term, List<MetadataRecord> batch);

        /// From now on this process may propose, in this term. Everything committed in earlier terms was delivered
        /// before. Proposals of earlier terms that were not delivered never will be.
        ///
        /// @param term higher than every earlier one, also across restarts
        void active(int term);

        /// Another process may propose now, or none.
        void inactive();

        /// This process' entry with this base was given up. Those decided on top of it will be too.
        void dropped(int term, long baseOffset);

        /// The log has grown enough since the last snapshot: hand in one of the image as it is now, soon.
        void snapshotDue(long bytesSinceSnapshot);

        /// The log cannot be read or written any more, or was written by a newer format. Nothing else follows.
        void failed(String reason);
    }
}
