package io.meridian.platform.cli.position;

import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.terminal.Refused;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/// Asks brokers where partitions begin and end and which offset a place stands for.
public final class Offsets {
    /// By topic, then by partition.
    public static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private Offsets() {}

    /// Beginning and end of each partition.
    public static Map<TopicPartition, PartitionRange> ranges(
            Connection connection, Collection<TopicPartition> partitions) {
        return ranges(connection, partitions, IsolationLevel.READ_UNCOMMITTED);
    }

    /// Beginning and end of each partition.
    ///
    /// @param isolation whether the end is before the first open transaction
    public static Map<TopicPartition, PartitionRange> ranges(
            Connection connection, Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, Long> first = list(connection, partitions, OffsetSpec.earliest(), isolation);
        Map<TopicPartition, Long> last = list(connection, partitions, OffsetSpec.latest(), isolation);
        Map<TopicPartition, PartitionRange> ranges = new TreeMap<>(ORDER);
        first.forEach((partition, offset) -> ranges.put(
                partition, new PartitionRange(offset, Math.max(offset, last.getOrDefault(partition, offset)))));
        return ranges;
    }

    /// The offset at the first record with this timestamp or a later one, the end if there is none.
    public static Map<TopicPartition, Long> atTime(
            Connection connection, Map<TopicPartition, PartitionRange> ranges, long timestampMs) {
        Map<TopicPartition, Long> found = list(
                connection, ranges.keySet(), OffsetSpec.forTimestamp(timestampMs), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> offsets = new TreeMap<>(ORDER);
        ranges.forEach((partition, range) -> {
            long offset = found.getOrDefault(partition, ListOffsetsResponse.UNKNOWN_OFFSET);
            offsets.put(
                    partition, offset == ListOffsetsResponse.UNKNOWN_OFFSET ? range.endOffset() : range.clamp(offset));
        });
        return offsets;
    }

    /// The offset that a place stands for in each partition, within what the partition has.
    ///
    /// @param committed where the group is, for [Position.Current]; partitions without an offset count from their
    ///     start
    public static Map<TopicPartition, Long> at(
            Connection connection,
            Map<TopicPartition, PartitionRange> ranges,
            Position position,
            Map<TopicPartition, Long> committed) {
        if (position instanceof Position.Time(long timestampMs)) {
            return atTime(connection, ranges, timestampMs);
        }
        Map<TopicPartition, Long> offsets = new TreeMap<>(ORDER);
        ranges.forEach((partition, range) -> offsets.put(
                partition,
                switch (position) {
                    case Position.Beginning(long plus) -> range.clamp(saturated(range.logStartOffset(), plus));
                    case Position.End(long minus) -> range.clamp(range.endOffset() - minus);
                    case Position.Offset(long offset) -> range.clamp(offset);
                    case Position.Current(long shift) ->
                        range.clamp(saturated(committed.getOrDefault(partition, range.logStartOffset()), shift));
                    case Position.Time(long timestampMs) -> timestampMs;
                }));
        return offsets;
    }

    private static long saturated(long offset, long shift) {
        long sum = offset + shift;
        return shift > 0 && sum < offset ? Long.MAX_VALUE : sum;
    }

    /// Refuses a place relative to a group where there is no group.
    public static Position withoutGroup(String option, Position position) {
        if (position instanceof Position.Current) {
            throw Refused.askedWrongly(option + ": 'current' is where a group is, and there is no group here");
        }
        return position;
    }

    private static Map<TopicPartition, Long> list(
            Connection connection, Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        Map<TopicPartition, Long> offsets = new TreeMap<>(ORDER);
        if (!asked.isEmpty()) {
            Map<TopicPartition, ListOffsetsResultInfo> answer = connection.answer(connection
                    .admin()
                    .listOffsets(asked, new ListOffsetsOptions(isolation))
                    .all());
            answer.forEach((partition, info) -> offsets.put(partition, info.offset()));
        }
        return offsets;
    }
}
