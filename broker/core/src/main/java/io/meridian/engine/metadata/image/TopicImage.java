package io.meridian.engine.metadata.image;

import io.meridian.base.Uuid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// One topic. A topic deleted and created again under the same name is another topic: it has another id.
///
/// @param partitions at index i the partition i
public record TopicImage(String name, Uuid topicId, PVector<PartitionImage> partitions) {
    /// A topic that has no partition yet; its partitions follow in the same batch.
    public static TopicImage withoutPartitions(String name, Uuid topicId) {
        return new TopicImage(name, topicId, TreePVector.empty());
    }

    public static TopicImage of(String name, Uuid topicId, List<PartitionImage> partitions) {
        return new TopicImage(name, topicId, TreePVector.from(partitions));
    }

    /// The partition with this index; null when the topic has none.
    public @Nullable PartitionImage partition(int index) {
        return index < 0 || index >= partitions.size() ? null : partitions.get(index);
    }

    public int partitionCount() {
        return partitions.size();
    }

    /// This topic with `partition` added at the end or put in the place of its predecessor; unchanged when there
    /// would be a gap before it.
    public TopicImage with(PartitionImage partition) {
        int index = partition.partition();
        if (index < 0 || index > partitions.size()) {
            return this;
        }
        return new TopicImage(
                name,
                topicId,
                index == partitions.size() ? partitions.plus(partition) : partitions.with(index, partition));
    }
}
