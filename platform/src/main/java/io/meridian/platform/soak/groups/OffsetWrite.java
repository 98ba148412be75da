package io.meridian.platform.soak.groups;

import org.apache.kafka.common.TopicPartition;

/// An attempt to commit one offset.
///
/// @param startedNs before it was sent
/// @param endedNs after its answer came; without meaning when it was not acknowledged
/// @param isAcknowledged false when it failed: it may have been stored, then or later
record OffsetWrite(TopicPartition partition, long offset, long startedNs, long endedNs, boolean isAcknowledged) {}
