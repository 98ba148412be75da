package io.meridian.bench.jmh;

import io.meridian.base.SeededRandom;
import io.meridian.log.segment.OffsetIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Where in a segment of 1 GiB to begin to look for an offset.
@State(Scope.Thread)
public class IndexLookupBenchmark {
    private static final int ENTRIES = 1 << 18; // one for each 4 KiB
    private static final int OFFSETS_PER_ENTRY = 40;
    private static final int LOOKUPS = 1 << 12;
    private final OffsetIndex index = new OffsetIndex(0);
    private final long[] offsets = new long[LOOKUPS];
    private int next;

    public IndexLookupBenchmark() {
        for (int entry = 0; entry < ENTRIES; entry++) {
            index.append((long) entry * OFFSETS_PER_ENTRY, entry * 4096);
        }
        var random = new SeededRandom(7);
        for (int i = 0; i < LOOKUPS; i++) {
            offsets[i] = random.nextInt(ENTRIES * OFFSETS_PER_ENTRY);
        }
    }

    @Benchmark
    public int positionFloor() {
        next = (next + 1) & (LOOKUPS - 1);
        return index.positionFloor(offsets[next]);
    }
}
