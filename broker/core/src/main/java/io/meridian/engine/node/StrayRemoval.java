package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.log.checkpoint.CheckpointResult;
import io.meridian.log.checkpoint.PartitionMetadataFile;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Removes the directories of partitions whose deletion was committed and whose process ended before it had renamed
/// them. Run after the metadata log was replayed and before any partition is opened: a topic created later under such
/// a name must not find another one's files.
///
/// A directory is a stray when its name is that of a partition which no topic has, or when it says that it belongs to
/// another topic than the one of its name. Nothing is removed on the word of a file alone: the metadata is durable.
final class StrayRemoval extends StorageJob {
    private final LogStorage storage;
    private final MetadataImage image;
    private final SeededRandom random;
    private final Consumer<@Nullable StorageFault> whenDone;

    StrayRemoval(
            LogStorage storage, MetadataImage image, SeededRandom random, Consumer<@Nullable StorageFault> whenDone) {
        this.storage = storage;
        this.image = image;
        this.random = random;
        this.whenDone = whenDone;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        for (String name : storage.list("")) {
            if (isStray(name)) {
                String tombstone = name + "." + random.nextUuid() + DataDirectory.DELETED_SUFFIX;
                storage.rename(name, tombstone);
                storage.forceDirectory("");
                storage.delete(tombstone);
            }
        }
    }

    private boolean isStray(String name) throws StorageFault {
        if (!DataDirectory.isPartitionDirectory(name) || name.equals(LocalMetadataLog.IDENTITY.directoryName())) {
            return false;
        }
        int dash = name.lastIndexOf('-');
        TopicImage topic = image.topics().byName(name.substring(0, dash));
        if (topic == null || topic.partition(partitionOf(name.substring(dash + 1))) == null) {
            return true;
        }
        return PartitionMetadataFile.read(storage, name) instanceof CheckpointResult.Content<Uuid>(Uuid found)
                && !found.equals(topic.topicId());
    }

    /// -1 when `digits` are more than a partition can have.
    private static int partitionOf(String digits) {
        return digits.length() > 9 ? -1 : Integer.parseInt(digits);
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        whenDone.accept(fault);
    }
}
