package io.meridian.simulator;

import io.meridian.base.SeededRandom;
import io.meridian.simulator.FaultPlan.Strike;
import io.meridian.simulator.checker.ClusterHistory;
import io.meridian.simulator.disk.CrashKind;
import io.meridian.simulator.disk.DiskCall;
import io.meridian.simulator.disk.DiskFaults;
import io.meridian.simulator.disk.DiskFaults.Fate;
import io.meridian.simulator.disk.SimulatedDisk;
import io.meridian.simulator.world.EventQueue;
import io.meridian.simulator.world.SimulatedBroker;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Carries out a fault plan, and starts the process again whenever it is down.
final class Nemesis {
    private static final long MILLI_NS = 1_000_000L;
    private static final int CALLS_UNTIL_CRASH = 150;
    private static final int MATCHING_CALLS_UNTIL_FAILURE = 12;

    private final SimulatedBroker broker;
    private final SimulatedDisk disk;
    private final EventQueue queue;
    private final SeededRandom random;
    private final ClusterHistory history;
    private final FaultPlan plan;
    private final DiskFaults ordinaryFaults;
    private final StoredDamage damage;
    private final long recordsWanted;
    private final ArrayDeque<Strike> strikes;
    private FaultPlan.@Nullable Kind damageDue;
    private long lastStrikeNs;
    private long faults;
    private long failuresSeen;
    private boolean isPeaceful;
    private boolean isSpaceLow;

    Nemesis(
            SimulatedBroker broker,
            EventQueue queue,
            SeededRandom random,
            ClusterHistory history,
            FaultPlan plan,
            DiskFaults ordinaryFaults,
            long recordsWanted) {
        this.broker = broker;
        this.disk = broker.disk();
        this.queue = queue;
        this.random = random;
        this.history = history;
        this.plan = plan;
        this.ordinaryFaults = ordinaryFaults;
        this.recordsWanted = recordsWanted;
        this.strikes = new ArrayDeque<>(plan.strikes());
        this.damage = new StoredDamage(disk, history, random);
        disk.useFaults(ordinaryFaults);
    }

    /// Crashes, failed calls and damages so far.
    long faults() {
        return faults + disk.failures();
    }

    /// Whether every planned fault has struck.
    boolean isDone() {
        return strikes.isEmpty();
    }

    /// No more faults from now on.
    void makePeace() {
        isPeaceful = true;
        strikes.clear();
        disk.useFaults(DiskFaults.NONE);
        disk.limitTo(Long.MAX_VALUE);
    }

    /// Strikes if it is time. Called after every event.
    void afterEvent() {
        if (isPeaceful || strikes.isEmpty() || !broker.isReady()) {
            return;
        }
        boolean isDue = history.committed() * 1000 >= strikes.getFirst().share() * recordsWanted
                && queue.nowNs() - lastStrikeNs > MILLI_NS;
        if (isDue) {
            lastStrikeNs = queue.nowNs();
            strike(strikes.removeFirst().kind());
        }
    }

    /// A fault that cannot miss.
    void strikeOnceMore() {
        if (broker.isReady()) {
            strike(random.nextBoolean() ? FaultPlan.Kind.KILL : FaultPlan.Kind.LOSE_POWER);
        }
    }

    /// A process whose disk failed is restarted, once. Called at a steady pace.
    void restartAfterFailure() {
        if (!isPeaceful && !isSpaceLow && broker.isUp() && disk.failures() > failuresSeen) {
            failuresSeen = disk.failures();
            restartLater();
        }
    }

    /// Cuts a connection now and then. Called at a steady pace.
    void perhapsCutConnection() {
        if (!isPeaceful && random.chance(plan.connectionCutPercent())) {
            broker.cutSomeConnection();
        }
    }

    private void strike(FaultPlan.Kind kind) {
        switch (kind) {
            case KILL -> broker.die(CrashKind.PROCESS_KILL, "killed");
            case LOSE_POWER -> broker.die(CrashKind.POWER_LOSS, "power lost");
            case KILL_AT_CALL -> dieSoon(Fate.KILL, CALLS_UNTIL_CRASH);
            case LOSE_POWER_AT_CALL -> dieSoon(Fate.LOSE_POWER, CALLS_UNTIL_CRASH);
            case FAILED_CALL -> failSoon();
            case FULL_DISK -> {
                disk.limitTo(disk.usedBytes() + random.nextInt(3_000));
                queue.after((5 + random.nextInt(100)) * MILLI_NS, () -> disk.limitTo(Long.MAX_VALUE));
            }
            case LOW_DISK -> {
                isSpaceLow = true;
                int life = broker.life();
                disk.limitTo(disk.usedBytes() + 1 + random.nextInt(random.nextBoolean() ? 3_000 : 20_000));
                queue.after((20 + random.nextInt(3_000)) * MILLI_NS, () -> {
                    disk.limitTo(Long.MAX_VALUE);
                    if (broker.life() == life) {
                        failuresSeen = disk.failures();
                    }
                    isSpaceLow = false;
                });
            }
            case CLEAN_STOP -> broker.stop(random.nextBoolean() ? CrashKind.PROCESS_KILL : CrashKind.POWER_LOSS);
            case DAMAGED_RECORDS, DAMAGED_INDEX -> {
                damageDue = kind;
                if (random.nextBoolean()) {
                    broker.stop(CrashKind.PROCESS_KILL);
                } else {
                    broker.die(CrashKind.PROCESS_KILL, "killed before its files are damaged");
                }
            }
            case CLOCK_JUMP -> broker.jumpWallClock(random.nextLong(-3_000_000L, 3_000_000L));
        }
    }

    private void dieSoon(Fate fate, int withinCalls) {
        disk.useFaults(DiskFaults.atCall(disk.calls() + 1 + random.nextInt(withinCalls), fate));
    }

    private void failSoon() {
        DiskCall[] kinds = DiskCall.values();
        DiskCall wanted = kinds[random.nextInt(kinds.length)];
        boolean isAnyChange = random.nextBoolean();
        int[] matching = {1 + random.nextInt(MATCHING_CALLS_UNTIL_FAILURE)};
        Fate fate = random.nextInt(4) == 0 ? Fate.NO_SPACE : Fate.FAIL;
        disk.useFaults((index, call, path) -> {
            boolean matches = isAnyChange ? call.isChange() : call == wanted;
            if (matches) {
                matching[0]--;
            }
            return matches && matching[0] == 0 ? fate : Fate.SUCCEED;
        });
    }

    /// What a failed call took out of service comes back with the next start only.
    private void restartLater() {
        int life = broker.life();
        queue.after((5 + random.nextInt(200)) * MILLI_NS, () -> {
            if (broker.life() == life && broker.isUp() && !isPeaceful) {
                if (random.nextBoolean()) {
                    broker.stop(CrashKind.PROCESS_KILL);
                } else {
                    broker.die(
                            random.nextBoolean() ? CrashKind.PROCESS_KILL : CrashKind.POWER_LOSS,
                            "restarted after a disk fault");
                }
            }
        });
    }

    /// The process is down: damages files if that is due, and starts it again after a while.
    void onProcessEnded() {
        faults++;
        isSpaceLow = false;
        disk.useFaults(isPeaceful ? DiskFaults.NONE : ordinaryFaults);
        disk.limitTo(Long.MAX_VALUE);
        FaultPlan.Kind due = damageDue;
        damageDue = null;
        if (due != null && !isPeaceful) {
            boolean isDamaged =
                    due == FaultPlan.Kind.DAMAGED_RECORDS ? damage.damageRecords() : damage.damageReplaceableFile();
            faults += isDamaged ? 1 : 0;
        }
        int life = broker.life();
        queue.after((1 + random.nextInt(100)) * MILLI_NS, () -> {
            if (broker.life() != life || broker.isUp()) {
                return;
            }
            if (!isPeaceful && random.chance(plan.crashInRecoveryPercent())) {
                if (random.nextInt(4) == 0) {
                    failSoon();
                } else {
                    dieSoon(random.nextBoolean() ? Fate.KILL : Fate.LOSE_POWER, CALLS_UNTIL_CRASH);
                }
            }
            broker.start();
        });
    }
}
