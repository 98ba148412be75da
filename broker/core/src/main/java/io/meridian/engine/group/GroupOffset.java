package io.meridian.engine.group;

/// What a group has committed for a partition.
///
/// @param offset of the next record that the group has not dealt with
public record GroupOffset(String groupId, String topic, int partition, long offset) {}
