package io.meridian.platform.soak.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// All that is known of one group from those who used it.
///
/// @param groupId its name
/// @param kind what its members have in common
/// @param members the logs of all lives, in the order in which they began
/// @param administered commits by an administrator
record GroupHistory(String groupId, GroupKind kind, List<MemberLog> members, List<OffsetWrite> administered) {
    /// Every attempt to commit, by whomever, in no particular order.
    List<OffsetWrite> offsetWrites() {
        List<OffsetWrite> writes = new ArrayList<>(administered);
        for (MemberLog member : members) {
            for (MemberEvent event : member.events()) {
                if (event instanceof MemberEvent.Committed commit) {
                    for (Map.Entry<TopicPartition, Long> entry :
                            commit.offsets().entrySet()) {
                        writes.add(new OffsetWrite(
                                entry.getKey(),
                                entry.getValue(),
                                commit.atNs(),
                                commit.endedNs(),
                                commit.isAcknowledged()));
                    }
                }
            }
        }
        return writes;
    }
}
