package io.meridian.log.checkpoint;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The file `meta.properties` of a log directory: which node of which cluster it belongs to.
///
/// @param directoryId the id of this directory
public record MetaProperties(String clusterId, int nodeId, String directoryId) {
    public static final String NAME = "meta.properties";

    private static final String VERSION = "1";

    /// Replaces the file, durably.
    public void write(LogStorage storage) throws StorageFault {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        pairs.put("cluster.id", clusterId);
        pairs.put("directory.id", directoryId);
        pairs.put("node.id", Integer.toString(nodeId));
        pairs.put("version", VERSION);
        AtomicFile.replace(storage, "", NAME, PropertyFile.encode(pairs, "="));
    }

    public static CheckpointResult<MetaProperties> read(LogStorage storage) throws StorageFault {
        String text = AtomicFile.readText(storage, "", NAME);
        if (text == null) {
            return new CheckpointResult.Missing<>();
        }
        SequencedMap<String, String> pairs = PropertyFile.parse(text, '=');
        if (pairs == null) {
            return new CheckpointResult.Damaged<>(NAME + ": expected lines of key=value");
        }
        String version = pairs.getOrDefault("version", "none");
        if (!version.equals(VERSION)) {
            return new CheckpointResult.Damaged<>(NAME + ": expected version " + VERSION + ", found " + version);
        }
        String clusterId = pairs.get("cluster.id");
        long nodeId = EntryFile.number(pairs.getOrDefault("node.id", ""));
        if (clusterId == null || clusterId.isEmpty() || nodeId < 0 || nodeId > Integer.MAX_VALUE) {
            return new CheckpointResult.Damaged<>(NAME + ": expected cluster.id and node.id");
        }
        return new CheckpointResult.Content<>(
                new MetaProperties(clusterId, (int) nodeId, pairs.getOrDefault("directory.id", "")));
    }
}
