package io.meridian.base;

import java.util.random.RandomGenerator;

/// Randomness that a seed repeats: SplitMix64, so that a stream can be split without sharing state.
///
/// The only source of randomness in pure packages; the ring seeds it from the operating system, the simulator from
/// the seed under test.
public final class SeededRandom implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SeededRandom(long seed) {
        this.state = seed;
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /// An independent stream whose seed is drawn from this one.
    public SeededRandom split() {
        return new SeededRandom(nextLong());
    }

    /// True in `percent` of 100 draws.
    public boolean chance(int percent) {
        return nextInt(100) < percent;
    }

    public Uuid nextUuid() {
        return new Uuid(nextLong(), nextLong());
    }
}
