package io.meridian.log.checkpoint;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import java.util.ArrayList;
import java.util.List;

/// One of the files of a log directory with an offset per partition: `topic partition offset` per line.
public enum OffsetCheckpoint {
    /// Below it everything was durable.
    RECOVERY_POINT("recovery-point-offset-checkpoint"),
    LOG_START("log-start-offset-checkpoint"),
    /// High watermarks.
    REPLICATION("replication-offset-checkpoint");

    /// The offset of one partition.
    public record Entry(String topic, int partition, long offset) {}

    private final String fileName;

    OffsetCheckpoint(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }

    /// Replaces the file, durably. Entries keep their order.
    public void write(LogStorage storage, List<Entry> entries) throws StorageFault {
        List<String> lines = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            lines.add(entry.topic() + " " + entry.partition() + " " + entry.offset());
        }
        AtomicFile.replace(storage, "", fileName, EntryFile.encode(lines));
    }

    public CheckpointResult<List<Entry>> read(LogStorage storage) throws StorageFault {
        return EntryFile.read(storage, "", fileName, words -> {
            if (words.length != 3) {
                return null;
            }
            long partition = EntryFile.number(words[1]);
            long offset = EntryFile.number(words[2]);
            return partition < 0 || partition > Integer.MAX_VALUE || offset < 0
                    ? null
                    : new Entry(words[0], (int) partition, offset);
        });
    }
}
