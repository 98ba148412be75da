package io.meridian.platform.differential;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.api.ApiKey;
import java.util.List;

/// What a run draws from its seed: names that may or may not exist, numbers that may or may not be legal.
final class Draw {
    private static final List<String> ODD_NAMES =
            List.of("", ".", "..", "a b", "x".repeat(249), "x".repeat(250), "not/legal", "never-there");

    private final SeededRandom random;

    Draw(long seed) {
        this.random = new SeededRandom(seed);
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean chance(int percent) {
        return random.chance(percent);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /// A topic of the few that come and go, seldom a name that nobody may have or that nobody has.
    String topic() {
        return chance(90) ? "t" + below(5) : of("never-there", "never.there", "t_0");
    }

    /// The same, but illegal names as well.
    String anyTopic() {
        return chance(85) ? topic() : of(ODD_NAMES);
    }

    /// A partition that a topic may have, seldom one that none has.
    int partition() {
        return chance(90) ? below(3) : of(-1, 7, Integer.MAX_VALUE);
    }

    /// A group of the few there are.
    String group() {
        return chance(92) ? "g" + below(6) : of("never-there", "");
    }

    short version(Versions versions, ApiKey key) {
        return (short) (versions.lowest(key) + below(versions.highest(key) - versions.lowest(key) + 1));
    }
}
