package io.meridian.log.checkpoint;

import io.meridian.base.Uuid;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The file `partition.metadata` in a partition's directory: which topic id the log belongs to.
public final class PartitionMetadataFile {
    public static final String NAME = "partition.metadata";

    private static final String VERSION_KEY = "version";
    private static final String TOPIC_ID_KEY = "topic_id";
    private static final int ID_CHARACTERS = 22;

    private PartitionMetadataFile() {}

    public static ByteBuffer encode(Uuid topicId) {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        pairs.put(VERSION_KEY, "0");
        pairs.put(TOPIC_ID_KEY, topicId.toString());
        return PropertyFile.encode(pairs, ": ");
    }

    public static CheckpointResult<Uuid> read(LogStorage storage, String directory) throws StorageFault {
        String text = AtomicFile.readText(storage, directory, NAME);
        if (text == null) {
            return new CheckpointResult.Missing<>();
        }
        SequencedMap<String, String> pairs = PropertyFile.parse(text, ':');
        String id = pairs == null ? null : pairs.get(TOPIC_ID_KEY);
        if (pairs == null || id == null || !"0".equals(pairs.get(VERSION_KEY)) || !isId(id)) {
            return new CheckpointResult.Damaged<>(directory + "/" + NAME + ": expected version 0 and a topic id");
        }
        return new CheckpointResult.Content<>(Uuid.parse(id));
    }

    private static boolean isId(String text) {
        if (text.length() != ID_CHARACTERS) {
            return false;
        }
        for (int index = 0; index < ID_CHARACTERS; index++) {
            char character = text.charAt(index);
            boolean isAllowed = (character >= 'A' && character <= 'Z')
                    || (character >= 'a' && character <= 'z')
                    || (character >= '0' && character <= '9')
                    || character == '-'
                    || character == '_';
            if (!isAllowed) {
                return false;
            }
        }
        return true;
    }
}
