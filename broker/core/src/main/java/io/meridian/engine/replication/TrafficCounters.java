package io.meridian.engine.replication;

/// What the partitions of one node have stored, handed out and removed since the start, those that are gone
/// included. Confined to the node's loop.
public final class TrafficCounters {
    /// @param appendedRecords offsets given to records of clients
    /// @param appendedBytes bytes of their batches as they came
    /// @param duplicateBatches batches that were there already and were acknowledged again
    /// @param readBytes bytes of records handed to fetches
    /// @param removedSegments segments removed because nothing in them is kept any more
    /// @param removedBytes bytes of their log files
    public record Snapshot(
            long appendedRecords,
            long appendedBytes,
            long duplicateBatches,
            long readBytes,
            long removedSegments,
            long removedBytes) {}

    private long appendedRecords;
    private long appendedBytes;
    private long duplicateBatches;
    private long readBytes;
    private long removedSegments;
    private long removedBytes;

    void appended(long records, int bytes) {
        appendedRecords += records;
        appendedBytes += bytes;
    }

    void duplicate() {
        duplicateBatches++;
    }

    void read(int bytes) {
        readBytes += bytes;
    }

    void removed(int segments, long bytes) {
        removedSegments += segments;
        removedBytes += bytes;
    }

    public Snapshot snapshot() {
        return new Snapshot(appendedRecords, appendedBytes, duplicateBatches, readBytes, removedSegments, removedBytes);
    }
}
