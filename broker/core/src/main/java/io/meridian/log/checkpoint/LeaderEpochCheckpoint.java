package io.meridian.log.checkpoint;

import io.meridian.log.state.LeaderEpochs;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The file `leader-epoch-checkpoint` in a partition's directory: an epoch and its first offset per line.
public final class LeaderEpochCheckpoint {
    public static final String NAME = "leader-epoch-checkpoint";

    private LeaderEpochCheckpoint() {}

    public static ByteBuffer encode(List<LeaderEpochs.Entry> entries) {
        List<String> lines = new ArrayList<>(entries.size());
        for (LeaderEpochs.Entry entry : entries) {
            lines.add(entry.leaderEpoch() + " " + entry.startOffset());
        }
        return EntryFile.encode(lines);
    }

    public static CheckpointResult<List<LeaderEpochs.Entry>> read(LogStorage storage, String directory)
            throws StorageFault {
        CheckpointResult<List<LeaderEpochs.Entry>> result = EntryFile.read(storage, directory, NAME, words -> {
            long epoch = words.length == 2 ? EntryFile.number(words[0]) : -1;
            long offset = words.length == 2 ? EntryFile.number(words[1]) : -1;
            return epoch < 0 || epoch > Integer.MAX_VALUE || offset < 0
                    ? null
                    : new LeaderEpochs.Entry((int) epoch, offset);
        });
        if (result instanceof CheckpointResult.Content<List<LeaderEpochs.Entry>> content
                && !LeaderEpochs.isValid(content.value())) {
            return new CheckpointResult.Damaged<>(directory + "/" + NAME + ": epochs and offsets do not rise");
        }
        return result;
    }
}
