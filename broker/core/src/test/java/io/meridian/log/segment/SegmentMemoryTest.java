package io.meridian.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// What one of thousands of segments costs before it is used much.
class SegmentMemoryTest {
    private static final int SEGMENTS = 1_000;
    private static final int BYTES_PER_SEGMENT_MAX = 1_024;

    @Test
    void segmentWithOneBatchTakesLessThanAKibibyte() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ReadMemory memory = new ReadMemory(1 << 20);
        Segment[] segments = new Segment[SEGMENTS];
        written(memory);
        long before = threads.getCurrentThreadAllocatedBytes();

        for (int index = 0; index < SEGMENTS; index++) {
            segments[index] = written(memory);
        }

        long perSegment = (threads.getCurrentThreadAllocatedBytes() - before) / SEGMENTS;
        assertThat(perSegment).isLessThan(BYTES_PER_SEGMENT_MAX);
        assertThat(segments[SEGMENTS - 1].writtenBytes()).isEqualTo(100);
    }

    @Test
    void lastBatchesAreKnownHoweverTheirMemoryGrew() {
        RecentBatches recent = new RecentBatches();
        for (int batch = 0; batch < 300; batch++) {
            recent.add(10L * batch, 10L * batch + 9, 100 * batch, 100);
            for (int back = 0; back <= Math.min(batch, 63); back++) {
                int slot = recent.slotFor(10L * (batch - back) + 5);
                assertThat(recent.position(slot)).isEqualTo(100 * (batch - back));
                assertThat(recent.lastOffset(slot)).isEqualTo(10L * (batch - back) + 9);
            }
            assertThat(recent.slotFor(10L * (batch - 64) + 5)).isEqualTo(-1);
        }
    }

    private static Segment written(ReadMemory memory) {
        Segment segment = new Segment(0, memory);
        segment.written(0, 0, 1, 0, 100, 4_096);
        return segment;
    }
}
