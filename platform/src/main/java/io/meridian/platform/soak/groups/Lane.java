package io.meridian.platform.soak.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Groups that live one after the other, so that many groups need few members at once.
final class Lane {
    private static final long BRIEFEST_MS = 1_000;

    private final List<LiveGroup> groups;
    private final Thread thread;
    private final List<GroupHistory> histories = new ArrayList<>();
    private volatile boolean stopped;

    private Lane(List<LiveGroup> groups, String name, Shift shift) {
        this.groups = groups;
        this.thread = new Thread(
                () -> {
                    try {
                        shift.run(this);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
    }

    private interface Shift {
        void run(Lane lane) throws InterruptedException;
    }

    /// A lane of one group that lives until [#stop].
    static Lane of(LiveGroup group, String name, Pace pace) {
        return new Lane(List.of(group), name, lane -> lane.take(group, pace, () -> lane.stopped));
    }

    /// A lane of groups that share the time until `endNs`; it ends by itself when all have lived, at the earliest
    /// then.
    static Lane of(List<LiveGroup> groups, String name, long endNs) {
        return new Lane(groups, name, lane -> {
            for (int i = 0; i < groups.size(); i++) {
                long leftMs = (endNs - System.nanoTime()) / 1_000_000;
                long lastsMs = Math.max(BRIEFEST_MS, leftMs / (groups.size() - i));
                long untilNs = System.nanoTime() + lastsMs * 1_000_000;
                lane.take(groups.get(i), Pace.brief(lastsMs), () -> lane.stopped || System.nanoTime() - untilNs >= 0);
            }
        });
    }

    private void take(LiveGroup group, Pace pace, BooleanSupplier isOver) throws InterruptedException {
        group.run(pace, isOver);
        histories.add(group.history());
    }

    void start() {
        thread.start();
    }

    /// Lets the group of this moment end.
    void stop() {
        stopped = true;
    }

    /// Waits until all groups have lived.
    ///
    /// @return whether they have, within `limitMs`
    boolean join(long limitMs) throws InterruptedException {
        thread.join(limitMs);
        return !thread.isAlive();
    }

    List<LiveGroup> groups() {
        return groups;
    }

    /// Only when [#join] has said that all have lived.
    List<GroupHistory> histories() {
        return histories;
    }
}
