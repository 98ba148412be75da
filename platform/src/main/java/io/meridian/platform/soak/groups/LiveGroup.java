package io.meridian.platform.soak.groups;

import io.meridian.base.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/// One group while members come and go: four places, a thread each, in which lives follow one another.
final class LiveGroup {
    private static final int VANISHING_PERCENT = 40;
    private static final long LOOK_MS = 20;

    private final String groupId;
    private final GroupKind kind;
    private final String topic;
    private final SeededRandom random;
    private final Population population;
    private final List<MemberLog> logs = new CopyOnWriteArrayList<>();

    /// @param random of this group alone
    LiveGroup(String groupId, GroupKind kind, String topic, SeededRandom random, Population population) {
        this.groupId = groupId;
        this.kind = kind;
        this.topic = topic;
        this.random = random;
        this.population = population;
    }

    /// Returns when all members have gone.
    ///
    /// @param isOver when they are to go; those who stay do not before something has been committed
    void run(Pace pace, BooleanSupplier isOver) throws InterruptedException {
        AtomicBoolean isDone = new AtomicBoolean();
        List<Thread> places = new ArrayList<>();
        for (int i = 0; i < GroupsPlan.MEMBERS_A_LANE; i++) {
            int place = i;
            SeededRandom own = random.split();
            boolean isStayer = place < pace.stayers();
            BooleanSupplier ends = place == 0 ? () -> isOver.getAsBoolean() && hasCommitted(isDone) : isDone::get;
            places.add(Thread.ofPlatform()
                    .name("soak-" + groupId + "-" + place)
                    .daemon()
                    .start(() -> occupy(place, isStayer, pace, own, ends)));
        }
        places.getFirst().join();
        isDone.set(true);
        for (Thread place : places) {
            place.join();
        }
    }

    /// Lets the others go once there is something to be found again.
    private boolean hasCommitted(AtomicBoolean isDone) {
        boolean hasCommitted = population.isHopeless() || population.hasCommitted(groupId);
        if (hasCommitted) {
            isDone.set(true);
        }
        return hasCommitted;
    }

    private void occupy(int place, boolean isStayer, Pace pace, SeededRandom own, BooleanSupplier isOver) {
        int life = 0;
        try {
            while (!isOver.getAsBoolean()) {
                if (isStayer) {
                    live(place, life++, own, isOver);
                    continue;
                }
                long backNs = System.nanoTime()
                        + Duration.ofMillis(own.nextLong(pace.awayMsMax() + 1)).toNanos();
                while (!isOver.getAsBoolean() && System.nanoTime() - backNs < 0) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                }
                long stayMs = pace.stayMsMin() + own.nextLong(pace.stayMsMax() - pace.stayMsMin() + 1);
                long goneNs = System.nanoTime() + Duration.ofMillis(stayMs).toNanos();
                if (!isOver.getAsBoolean()) {
                    live(place, life++, own, () -> isOver.getAsBoolean() || System.nanoTime() - goneNs >= 0);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            population.gaveUp(groupId + ": a client gave up: " + e);
        }
    }

    private void live(int place, int life, SeededRandom own, BooleanSupplier isOver) {
        Ending ending = own.chance(VANISHING_PERCENT) ? Ending.VANISHES : Ending.LEAVES;
        String placeName = groupId + "-" + place;
        String instanceId = kind.isStatic() ? placeName : null;
        MemberLog log = new MemberLog(placeName + "-" + life, instanceId, System.nanoTime());
        logs.add(log);
        population.born();
        try {
            new MemberLife(
                            population.bootstrap(),
                            groupId,
                            kind,
                            topic,
                            instanceId,
                            ending,
                            log,
                            () -> population.committed(groupId))
                    .run(isOver);
        } finally {
            population.died();
        }
    }

    /// Whether all members own something in one generation, and have for `settledMs`.
    boolean isSettled(long settledMs) {
        int generation = 0;
        for (MemberLog log : logs) {
            MemberLog.Ownership now = log.ownership();
            generation = generation == 0 ? now.generation() : generation;
            if (now.partitionCount() == 0
                    || now.generation() != generation
                    || System.nanoTime() - now.sinceNs() < TimeUnit.MILLISECONDS.toNanos(settledMs)) {
                return false;
            }
        }
        return logs.size() == GroupsPlan.MEMBERS_A_LANE;
    }

    /// Only when [#run] has returned.
    GroupHistory history() {
        return new GroupHistory(groupId, kind, List.copyOf(logs), List.of());
    }
}
