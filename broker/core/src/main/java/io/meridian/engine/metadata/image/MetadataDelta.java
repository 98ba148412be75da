package io.meridian.engine.metadata.image;

import io.meridian.base.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What one batch of records changed. A node looks at these parts only, so handling a delta costs what changed.
///
/// @param changedTopics ids of topics created or changed and still there, in ascending order
/// @param deletedTopics the topics as they were in `before`, in the order of deletion
/// @param changedTopicConfigs names of topics whose configuration changed, deleted topics left out
/// @param brokerConfigsChanged a value of a broker or of all brokers changed
/// @param brokersChanged a broker was registered, fenced or unfenced
/// @param ignoredRecords records that did not fit `before`; anything but 0 means that the log holds what no release
///         decides
public record MetadataDelta(
        MetadataImage before,
        MetadataImage after,
        SortedSet<Uuid> changedTopics,
        List<TopicImage> deletedTopics,
        SortedSet<String> changedTopicConfigs,
        boolean brokerConfigsChanged,
        boolean brokersChanged,
        int ignoredRecords) {

    /// The partitions of a topic as they are now that `before` did not have, or had otherwise.
    public List<PartitionImage> changedPartitions(Uuid topicId) {
        TopicImage now = after.topics().byId(topicId);
        if (now == null) {
            return List.of();
        }
        TopicImage then = before.topics().byId(topicId);
        List<PartitionImage> changed = new ArrayList<>();
        for (PartitionImage partition : now.partitions()) {
            if (!isSame(then == null ? null : then.partition(partition.partition()), partition)) {
                changed.add(partition);
            }
        }
        return changed;
    }

    private static boolean isSame(@Nullable PartitionImage then, PartitionImage now) {
        return then != null && then.partitionEpoch() == now.partitionEpoch() && then.equals(now);
    }
}
