package io.meridian.engine.node;

import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.log.state.SpaceLevel;
import java.util.List;
import java.util.SortedMap;

/// What the nodes of a process tell each other about starting, running and stopping together.
sealed interface LifecycleMessage extends NodeMessage {
    /// The controller's node to all: this is the metadata now.
    record MetadataPublished(MetadataDelta delta) implements LifecycleMessage {}

    /// A node to the controller's: every partition that the metadata gave me is open or offline.
    record PartitionsOpened(
            int node, int partitionCount, SortedMap<String, String> offline, CheckpointedOffsets offsets)
            implements LifecycleMessage {}

    /// A node to the controller's: these are my logs, and recovery need not begin before these offsets.
    ///
    /// @param reportId the node's number of the report
    /// @param removed directories that are gone since the last report
    record OffsetsReported(int node, long reportId, CheckpointedOffsets offsets, List<String> removed)
            implements LifecycleMessage {}

    /// The controller's node to one that reported: the checkpoints say so, durably; none names the removed
    /// directories any more.
    record OffsetsCheckpointed(long reportId, List<String> removed) implements LifecycleMessage {}

    /// A node to the others: this is how much room there is on the volume.
    record SpaceLevelFound(SpaceLevel level) implements LifecycleMessage {}

    /// A node to the controller's: my logs are closed.
    ///
    /// @param clean none of them failed to
    record LogsClosed(int node, boolean clean, CheckpointedOffsets offsets) implements LifecycleMessage {}
}
