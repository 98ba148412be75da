package io.meridian.platform.soak.groups;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/// A made-up history of one group, in milliseconds, with the producer writing to each partition every 250 ms.
final class Story {
    static final String GROUP = "g";
    private static final long INTERVAL_MS = 250;

    private final GroupKind kind;
    private final List<MemberLog> members = new ArrayList<>();
    private final List<OffsetWrite> administered = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final RecordTimes records = new RecordTimes();

    Story(GroupKind kind) {
        this.kind = kind;
    }

    static TopicPartition partition(int number) {
        return new TopicPartition("t", number);
    }

    private static Set<TopicPartition> partitions(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Story::partition).collect(Collectors.toUnmodifiableSet());
    }

    private static long ns(long ms) {
        return ms * 1_000_000;
    }

    /// One life of a member, to be told in order.
    static final class Member {
        private final MemberLog log;

        private Member(MemberLog log) {
            this.log = log;
        }

        Member assigned(long atMs, int generation, int... owned) {
            log.add(new MemberEvent.Assigned(ns(atMs), generation, partitions(owned)));
            return this;
        }

        Member revoked(long atMs, int... numbers) {
            log.add(new MemberEvent.Revoked(ns(atMs), partitions(numbers)));
            return this;
        }

        Member lost(long atMs, int... numbers) {
            log.add(new MemberEvent.Lost(ns(atMs), partitions(numbers)));
            return this;
        }

        /// Processes all records of the partition that were written from `fromMs` until `untilMs`, each at once.
        Member readsAll(int number, long fromMs, long untilMs) {
            for (long offset = (fromMs + INTERVAL_MS - 1) / INTERVAL_MS; offset * INTERVAL_MS < untilMs; offset++) {
                reads(number, offset * INTERVAL_MS, offset, offset + 1);
            }
            return this;
        }

        Member reads(int number, long atMs, long firstOffset, long endOffset) {
            log.add(new MemberEvent.Read(
                    ns(atMs), partition(number), firstOffset, endOffset, (int) (endOffset - firstOffset)));
            return this;
        }

        Member commits(long atMs, long endedMs, boolean isAcknowledged, int number, long offset) {
            log.add(new MemberEvent.Committed(
                    ns(atMs), ns(endedMs), isAcknowledged, Map.of(partition(number), offset)));
            return this;
        }

        Member closes(long atMs) {
            log.add(new MemberEvent.Closing(ns(atMs)));
            return this;
        }
    }

    Member member(String name, long bornMs) {
        return tell(new MemberLog(name, null, ns(bornMs)));
    }

    Member staticMember(String name, String instanceId, long bornMs) {
        return tell(new MemberLog(name, instanceId, ns(bornMs)));
    }

    private Member tell(MemberLog log) {
        members.add(log);
        return new Member(log);
    }

    void administered(long atMs, long endedMs, boolean isAcknowledged, int number, long offset) {
        administered.add(new OffsetWrite(partition(number), offset, ns(atMs), ns(endedMs), isAcknowledged));
    }

    void outage(long killedMs, long readyMs) {
        outages.add(new Outage(ns(killedMs), ns(readyMs)));
    }

    /// The producer writes to these partitions until `untilMs`.
    void records(long untilMs, int... numbers) {
        for (int number : numbers) {
            for (long offset = 0; offset * INTERVAL_MS < untilMs; offset++) {
                records.acknowledged(partition(number), offset, ns(offset * INTERVAL_MS));
            }
        }
    }

    GroupHistory history() {
        return new GroupHistory(GROUP, kind, members, administered);
    }

    List<Outage> outages() {
        return outages;
    }

    ContinuityCheck.Result continuity() {
        return continuity(new Stalls());
    }

    ContinuityCheck.Result continuity(Stalls stalls) {
        return new ContinuityCheck(new Circumstances(records, outages, ns(1_000), stalls)).check(List.of(history()));
    }

    static OffsetReading reading(long startedMs, long endedMs, Map<TopicPartition, Long> offsets) {
        return new OffsetReading(ns(startedMs), ns(endedMs), Map.of(GROUP, offsets));
    }
}
