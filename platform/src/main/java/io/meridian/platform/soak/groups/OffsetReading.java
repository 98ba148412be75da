package io.meridian.platform.soak.groups;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// The offsets of all groups as the node told them once.
///
/// @param startedNs before they were asked for
/// @param endedNs after the last answer
/// @param offsets by group; a partition without an offset is absent
record OffsetReading(long startedNs, long endedNs, Map<String, Map<TopicPartition, Long>> offsets) {}
