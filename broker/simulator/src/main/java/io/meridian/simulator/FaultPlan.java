package io.meridian.simulator;

import io.meridian.base.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/// What goes wrong in a run, and when: each fault strikes once a share of the records is committed.
record FaultPlan(List<Strike> strikes, int crashInRecoveryPercent, int connectionCutPercent) {
    private static final int STRIKES_MIN = 4;

    /// @param share of the records, in 1/1000, after which it strikes
    record Strike(Kind kind, int share) {}

    /// What may go wrong.
    enum Kind {
        /// The process dies between two events.
        KILL,
        /// Power fails between two events.
        LOSE_POWER,
        /// The process dies at some storage call soon.
        KILL_AT_CALL,
        /// Power fails at some storage call soon.
        LOSE_POWER_AT_CALL,
        /// Some storage call soon fails; the process is restarted later.
        FAILED_CALL,
        /// The disk is full for a while; the process is restarted later.
        FULL_DISK,
        /// There is little or no space left for a while; nobody restarts the process.
        LOW_DISK,
        /// The process is stopped in order.
        CLEAN_STOP,
        /// Bits of a file flip while the process is down.
        DAMAGED_RECORDS,
        /// Bits of a file that the records can replace flip while the process is down.
        DAMAGED_INDEX,
        /// The wall clock jumps.
        CLOCK_JUMP
    }

    static FaultPlan draw(SeededRandom random) {
        int count = STRIKES_MIN + random.nextInt(4);
        List<Strike> strikes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strikes.add(new Strike(kind(random, i), 20 + random.nextInt(930)));
        }
        strikes.sort((one, other) -> Integer.compare(one.share(), other.share()));
        return new FaultPlan(List.copyOf(strikes), random.nextInt(50), random.nextInt(12));
    }

    /// The first three are never harmless.
    private static Kind kind(SeededRandom random, int index) {
        int draw = random.nextInt(index < 3 ? 80 : 100);
        if (draw < 12) {
            return Kind.KILL;
        }
        if (draw < 30) {
            return Kind.LOSE_POWER;
        }
        if (draw < 40) {
            return Kind.KILL_AT_CALL;
        }
        if (draw < 60) {
            return Kind.LOSE_POWER_AT_CALL;
        }
        if (draw < 72) {
            return Kind.FAILED_CALL;
        }
        if (draw < 75) {
            return Kind.FULL_DISK;
        }
        if (draw < 80) {
            return Kind.LOW_DISK;
        }
        if (draw < 88) {
            return Kind.CLEAN_STOP;
        }
        if (draw < 91) {
            return Kind.DAMAGED_RECORDS;
        }
        return draw < 95 ? Kind.DAMAGED_INDEX : Kind.CLOCK_JUMP;
    }
}
