package io.meridian.simulator.world;

import io.meridian.base.SeededRandom;

/// How long things take, drawn anew each time: mostly a little, sometimes much more.
///
/// @param typicalNs bound of an ordinary delay
/// @param slowPercent of the delays are up to a hundred times as long
public record NetworkDelays(long typicalNs, int slowPercent) {
    private static final int SLOW_FACTOR = 100;

    public long draw(SeededRandom random) {
        long bound = random.chance(slowPercent) ? typicalNs * SLOW_FACTOR : typicalNs;
        return 1 + random.nextLong(bound);
    }
}
