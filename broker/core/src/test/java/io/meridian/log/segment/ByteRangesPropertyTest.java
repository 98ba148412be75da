package io.meridian.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ByteRangesPropertyTest {
    @Test
    void rangesHoldExactlyWhatWasAdded() {
        for (int seed = 0; seed < 200; seed++) {
            SeededRandom random = new SeededRandom(seed);
            ByteRanges ranges = new ByteRanges();
            BitSet model = new BitSet();
            for (int step = 0; step < 60; step++) {
                int from = random.nextInt(200);
                int to = from + random.nextInt(20);
                ranges.add(from, to);
                model.set(from, to);
                for (int position = 0; position < 230; position++) {
                    int end = model.get(position) ? model.nextClearBit(position) : position;
                    assertThat(ranges.endFrom(position)).as("seed %d", seed).isEqualTo(end);
                }
            }
            for (int index = 1; index < ranges.ranges().size(); index++) {
                assertThat(ranges.ranges().get(index).from())
                        .isGreaterThan(ranges.ranges().get(index - 1).to());
            }
        }
    }
}
