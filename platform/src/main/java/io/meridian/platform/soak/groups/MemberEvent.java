package io.meridian.platform.soak.groups;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// One line of a member's log.
sealed interface MemberEvent {
    /// When it happened; for a commit, when it was sent.
    long atNs();

    /// A rebalance has ended for this member.
    ///
    /// @param owned all that it owns now, not only what is new
    record Assigned(long atNs, int generation, Set<TopicPartition> owned) implements MemberEvent {}

    /// The member was asked to give these up.
    record Revoked(long atNs, Set<TopicPartition> partitions) implements MemberEvent {}

    /// The member learned that it had already lost these.
    record Lost(long atNs, Set<TopicPartition> partitions) implements MemberEvent {}

    /// Records were processed.
    ///
    /// @param endOffset after the last of them
    /// @param count how many there were; the partitions have no gaps, so this is the distance of the offsets
    record Read(long atNs, TopicPartition partition, long firstOffset, long endOffset, int count)
            implements MemberEvent {}

    /// Offsets were committed, or not, or perhaps.
    ///
    /// @param endedNs when the answer came
    /// @param isAcknowledged false when it failed; it may have been stored nevertheless
    record Committed(long atNs, long endedNs, boolean isAcknowledged, Map<TopicPartition, Long> offsets)
            implements MemberEvent {}

    /// The member goes, in whatever way; what is revoked from here on is its own doing.
    record Closing(long atNs) implements MemberEvent {}
}
