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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Removes what a crash left of topics that were deleted: their deletion was committed, their files still have the
/// old name. Runs before any partition is opened.
///
/// A directory goes only when the committed removal of exactly the topic that it names itself after was seen in the
/// metadata log. That no topic of the metadata claims a directory proves nothing: the metadata may be what is wrong.
/// Such a directory stays and is reported.
final class StrayDirectories extends StorageJob {
    private final LogStorage storage;
    private final MetadataImage image;
    private final SortedMap<Uuid, String> removedTopics;
    private final Predicate<LogName> isKnownDurable;
    private final SortedSet<String> removedNames;
    private final SeededRandom random;
    private final BiConsumer<List<String>, @Nullable StorageFault> whenDone;
    private final List<String> unclaimed = new ArrayList<>();

    /// @param removedTopics ids and names of topics whose removal is committed
    /// @param isKnownDurable whether the checkpoints say that something of a log was forced
    /// @param whenDone hears of directories that nobody claims and that stay
    StrayDirectories(
            LogStorage storage,
            MetadataImage image,
            SortedMap<Uuid, String> removedTopics,
            Predicate<LogName> isKnownDurable,
            SeededRandom random,
            BiConsumer<List<String>, @Nullable StorageFault> whenDone) {
        this.storage = storage;
        this.image = image;
        this.removedTopics = removedTopics;
        this.removedNames = new TreeSet<>(removedTopics.values());
        this.isKnownDurable = isKnownDurable;
        this.random = random;
        this.whenDone = whenDone;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        for (String directory : storage.list("")) {
            LogName name = LogName.parse(directory);
            if (name == null || directory.equals(LocalMetadataLog.IDENTITY.directoryName())) {
                continue;
            }
            if (removedNames.contains(name.topic()) && isRemoved(directory, name)) {
                remove(directory);
            } else if (!isClaimed(name)) {
                unclaimed.add(directory);
            }
        }
    }

    /// As a deletion does it: what is left of a half removed directory must not look like a partition.
    private void remove(String directory) throws StorageFault {
        String tombstone = directory + "." + random.nextUuid() + DataDirectory.DELETED_SUFFIX;
        storage.rename(directory, tombstone);
        storage.forceDirectory("");
        storage.delete(tombstone);
    }

    private boolean isClaimed(LogName name) {
        TopicImage topic = image.topics().byName(name.topic());
        return topic != null && topic.partition(name.partition()) != null;
    }

    /// The identity of a log is forced with its first bytes. One that cannot be read, of a log of which nothing
    /// was ever forced, says nothing: it may be the removed topic's, whose records must not come back under the
    /// name of the new one, and whatever it holds was promised to nobody.
    private boolean isRemoved(String directory, LogName name) throws StorageFault {
        if (PartitionMetadataFile.read(storage, directory) instanceof CheckpointResult.Content<Uuid>(Uuid topicId)) {
            return removedTopics.containsKey(topicId);
        }
        return !isClaimed(name) || !isKnownDurable.test(name);
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        whenDone.accept(unclaimed, fault);
    }
}
