package io.meridian.platform.soak.groups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// What was committed and acknowledged is there, or something that was written after it.
///
/// Each partition of a group is a register. A reading may show a value if somebody tried to write it before the
/// reading ended, and no acknowledged write began after that one's acknowledgement and ended before the reading
/// began. A write that failed may have been stored at any time since it began.
final class CommitCheck {
    private CommitCheck() {}

    /// The number checked is that of values compared, absent ones included where there had been writes.
    static Verdict check(GroupHistory group, List<OffsetReading> readings) {
        Verdict.Collector findings = new Verdict.Collector();
        Map<TopicPartition, List<OffsetWrite>> writes = new HashMap<>();
        for (OffsetWrite write : group.offsetWrites()) {
            writes.computeIfAbsent(write.partition(), _ -> new ArrayList<>()).add(write);
        }
        for (OffsetReading reading : readings) {
            Map<TopicPartition, Long> found = reading.offsets().getOrDefault(group.groupId(), Map.of());
            for (Map.Entry<TopicPartition, List<OffsetWrite>> entry : writes.entrySet()) {
                findings.checked();
                Long value = found.get(entry.getKey());
                OffsetWrite contradiction = contradiction(entry.getValue(), value, reading);
                if (contradiction != null) {
                    findings.violation(group.groupId() + ": " + entry.getKey() + " stands at "
                            + (value == null ? "nothing" : value) + " although "
                            + (contradiction.offset() == (value == null ? -1 : value)
                                    ? "nobody had tried to commit that"
                                    : contradiction.offset() + " was acknowledged before"));
                }
            }
            for (TopicPartition partition : found.keySet()) {
                if (!writes.containsKey(partition)) {
                    findings.violation(group.groupId() + ": " + partition + " has an offset that nobody committed");
                }
            }
        }
        return findings.verdict();
    }

    /// The acknowledged write that should have been seen instead of `value`; one with the value itself if nobody can
    /// have written that; null if all is well.
    private static @Nullable OffsetWrite contradiction(
            List<OffsetWrite> writes, @Nullable Long value, OffsetReading reading) {
        if (value == null) {
            return lastAcknowledgedAfter(writes, Long.MIN_VALUE, reading);
        }
        OffsetWrite contradiction = new OffsetWrite(writes.getFirst().partition(), value, 0, 0, false);
        for (OffsetWrite write : writes) {
            if (write.offset() != value || write.startedNs() - reading.endedNs() > 0) {
                continue;
            }
            if (!write.isAcknowledged()) {
                return null;
            }
            OffsetWrite later = lastAcknowledgedAfter(writes, write.endedNs(), reading);
            if (later == null) {
                return null;
            }
            contradiction = later;
        }
        return contradiction;
    }

    private static @Nullable OffsetWrite lastAcknowledgedAfter(
            List<OffsetWrite> writes, long endedNs, OffsetReading reading) {
        OffsetWrite last = null;
        for (OffsetWrite write : writes) {
            boolean isAfter = endedNs == Long.MIN_VALUE || write.startedNs() - endedNs > 0;
            boolean isBeforeReading = write.endedNs() - reading.startedNs() < 0;
            if (write.isAcknowledged() && isAfter && isBeforeReading && (last == null || isLater(write, last))) {
                last = write;
            }
        }
        return last;
    }

    private static boolean isLater(OffsetWrite write, OffsetWrite than) {
        return write.endedNs() - than.endedNs() > 0;
    }

    /// The same for several groups.
    static Verdict check(List<GroupHistory> groups, List<OffsetReading> readings) {
        return groups.stream().map(group -> check(group, readings)).reduce(new Verdict(0, 0, ""), Verdict::and);
    }
}
