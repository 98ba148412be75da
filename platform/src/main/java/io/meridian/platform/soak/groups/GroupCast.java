package io.meridian.platform.soak.groups;

import io.meridian.base.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;

/// All groups of a soak, by seed: which kinds there are and who has them.
///
/// One lane in eight has a quiet group, in which nobody comes or goes; one in four a busy cooperative one; both last
/// the whole time. The other lanes share the other groups with members. One group in five has no members and gets its
/// offsets from an administrator.
final class GroupCast {
    private static final List<String> TOPICS = List.of("soak-groups-a", "soak-groups-b");
    private static final int PARTITIONS = 6;
    private static final int LANES_A_QUIET_ONE = 8;
    private static final int LANES_A_BUSY_ONE = 4;
    private static final int GROUPS_A_PLAIN_ONE = 5;

    private final List<String> groupIds = new ArrayList<>();
    private final List<LiveGroup> quiet = new ArrayList<>();
    private final List<LiveGroup> busy = new ArrayList<>();
    private final List<List<LiveGroup>> brief = new ArrayList<>();
    private final List<Lane> lastingLanes = new ArrayList<>();
    private final List<Lane> briefLanes = new ArrayList<>();
    private final OffsetClerk clerk;
    private final Population population;

    GroupCast(GroupsPlan plan, SeededRandom random, Population population) {
        this.population = population;
        int lanes = plan.lanes();
        List<GroupKind> quietKinds =
                List.of(GroupKind.COOPERATIVE, GroupKind.EAGER, GroupKind.COOPERATIVE_STATIC, GroupKind.EAGER_STATIC);
        for (int i = 0; i < Math.max(1, lanes / LANES_A_QUIET_ONE); i++) {
            quiet.add(group(quietKinds.get(i % quietKinds.size()), random));
        }
        for (int i = 0; i < Math.max(1, lanes / LANES_A_BUSY_ONE); i++) {
            busy.add(group(i % 4 == 3 ? GroupKind.COOPERATIVE_STATIC : GroupKind.COOPERATIVE, random));
        }
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < plan.groups() / GROUPS_A_PLAIN_ONE; i++) {
            plain.add(nextId(GroupKind.PLAIN));
        }
        int briefCount = lanes - quiet.size() - busy.size();
        for (int i = 0; i < briefCount; i++) {
            brief.add(new ArrayList<>());
        }
        for (int i = 0; groupIds.size() < plan.groups(); i++) {
            brief.get(i % briefCount).add(group(drawn(random), random));
        }
        this.clerk = new OffsetClerk(population, plain, partitions());
    }

    /// Of ten groups with members four are eager, four cooperative, and one of each has static members.
    private static GroupKind drawn(SeededRandom random) {
        int draw = random.nextInt(10);
        if (draw < 4) {
            return GroupKind.EAGER;
        }
        if (draw < 8) {
            return GroupKind.COOPERATIVE;
        }
        return draw == 8 ? GroupKind.EAGER_STATIC : GroupKind.COOPERATIVE_STATIC;
    }

    private LiveGroup group(GroupKind kind, SeededRandom random) {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        return new LiveGroup(nextId(kind), kind, topic, random.split(), population);
    }

    private String nextId(GroupKind kind) {
        String id = String.format(
                Locale.ROOT,
                "soak-%04d-%s",
                groupIds.size(),
                kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        groupIds.add(id);
        return id;
    }

    static List<String> topics() {
        return TOPICS;
    }

    static int partitionsOfTopic() {
        return PARTITIONS;
    }

    static List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : TOPICS) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        }
        return partitions;
    }

    List<String> groupIds() {
        return groupIds;
    }

    /// @param endNs until when groups that do not last share their lanes
    void start(long endNs) {
        for (LiveGroup group : quiet) {
            lastingLanes.add(Lane.of(group, "soak-quiet-" + lastingLanes.size(), Pace.still()));
        }
        for (LiveGroup group : busy) {
            lastingLanes.add(Lane.of(group, "soak-busy-" + lastingLanes.size(), Pace.busy()));
        }
        for (List<LiveGroup> groups : brief) {
            briefLanes.add(Lane.of(groups, "soak-brief-" + briefLanes.size(), endNs));
        }
        lastingLanes.forEach(Lane::start);
        briefLanes.forEach(Lane::start);
        clerk.start();
    }

    /// Whether the quiet groups have come to rest.
    boolean isSettled(long settledMs) {
        return quiet.stream().allMatch(group -> group.isSettled(settledMs));
    }

    /// Waits until every group has lived, and lets the lasting ones end.
    ///
    /// @throws IllegalStateException if that takes longer than `limit`
    void finish(Duration limit) throws InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        joinAll(briefLanes, deadlineNs);
        lastingLanes.forEach(Lane::stop);
        joinAll(lastingLanes, deadlineNs);
        if (!clerk.stop()) {
            throw new IllegalStateException("the administrator's last commit did not end");
        }
    }

    private static void joinAll(List<Lane> lanes, long deadlineNs) throws InterruptedException {
        for (Lane lane : lanes) {
            if (!lane.join(Math.max(1, (deadlineNs - System.nanoTime()) / 1_000_000))) {
                throw new IllegalStateException(
                        "the members of " + lane.groups().size() + " groups of a lane did not end, "
                                + lane.histories().size() + " groups have");
            }
        }
    }

    /// Only when [#finish] has returned.
    List<GroupHistory> histories() {
        List<GroupHistory> histories = new ArrayList<>(clerk.histories());
        lastingLanes.forEach(lane -> histories.addAll(lane.histories()));
        briefLanes.forEach(lane -> histories.addAll(lane.histories()));
        return histories;
    }

    /// Those of groups in which nobody came or went; only when [#finish] has returned.
    List<GroupHistory> quietHistories() {
        return quiet.stream().map(LiveGroup::history).toList();
    }
}
