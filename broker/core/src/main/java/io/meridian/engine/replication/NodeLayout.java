package io.meridian.engine.replication;

/// Which node of the process owns a partition: a pure function of the partition, so that nobody has to ask.
///
/// @param nodeIndex this node, 0 to nodeCount - 1
/// @param nodeCount nodes of the process, at least 1
public record NodeLayout(int nodeIndex, int nodeCount) {
    /// The node that decides about metadata.
    public static final int CONTROLLER_NODE = 0;

    /// Partitions of one topic are dealt out in turn, starting at a node that depends on the topic.
    public int ownerOf(TopicIdPartition partition) {
        long id =
                partition.topicId().mostSignificantBits() ^ partition.topicId().leastSignificantBits();
        return (int) Math.floorMod(id + partition.partition(), (long) nodeCount);
    }

    public boolean owns(TopicIdPartition partition) {
        return ownerOf(partition) == nodeIndex;
    }
}
