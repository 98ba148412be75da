package io.meridian.platform.soak.groups;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// When each record of each partition could be read: when its producer saw it acknowledged.
///
/// Written by the producer's callback thread, read by the checks: every method holds the monitor.
final class RecordTimes {
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final int CAPACITY_MIN = 1024;

    private final Map<TopicPartition, long[]> times = new HashMap<>();
    private long count;

    synchronized void acknowledged(TopicPartition partition, long offset, long atNs) {
        long[] known = times.computeIfAbsent(partition, _ -> filled(CAPACITY_MIN));
        int index = Math.toIntExact(offset);
        if (index >= known.length) {
            long[] more = filled(Math.max(index + 1, 2 * known.length));
            System.arraycopy(known, 0, more, 0, known.length);
            times.put(partition, more);
            known = more;
        }
        known[index] = atNs;
        count++;
    }

    private static long[] filled(int length) {
        long[] filled = new long[length];
        Arrays.fill(filled, UNKNOWN);
        return filled;
    }

    synchronized boolean isKnown(TopicPartition partition, long offset) {
        long[] known = times.get(partition);
        return known != null && offset < known.length && known[(int) offset] != UNKNOWN;
    }

    /// The moment of a record of which [#isKnown] holds.
    synchronized long atNs(TopicPartition partition, long offset) {
        long[] known = times.get(partition);
        if (known == null) {
            throw new IllegalArgumentException("no records of " + partition);
        }
        return known[(int) offset];
    }

    /// After the last offset that may be known.
    synchronized long endOffset(TopicPartition partition) {
        long[] known = times.get(partition);
        return known == null ? 0 : known.length;
    }

    /// How many records were acknowledged in all.
    synchronized long count() {
        return count;
    }
}
