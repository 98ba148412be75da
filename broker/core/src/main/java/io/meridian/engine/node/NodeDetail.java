package io.meridian.engine.node;

import io.meridian.engine.group.GroupOffset;
import java.util.List;

/// What a node knows of single partitions and groups: as long as it has partitions, so it is asked for apart.
///
/// @param partitions those that serve, without the internal ones, in the order in which they were opened
/// @param committed what groups have committed, shard by shard, in order of group, topic and partition; no more than
///     were asked for
public record NodeDetail(List<PartitionOffsets> partitions, List<GroupOffset> committed) {
    public static final NodeDetail NONE = new NodeDetail(List.of(), List.of());

    /// @param logStartOffset the first offset kept
    /// @param highWatermark replicated and readable below it (exclusive)
    public record PartitionOffsets(String topic, int partition, long logStartOffset, long highWatermark) {}
}
