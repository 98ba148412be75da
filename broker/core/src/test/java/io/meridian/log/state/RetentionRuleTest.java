package io.meridian.log.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.log.state.RetentionRule.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {
    private static final long NOW_MS = 1_000_000L;

    @Test
    void segmentIsDueWhenItsNewestRecordIsOlderThanTheLimit() {
        RetentionRule rule = new RetentionRule(100, -1);

        assertThat(rule.dueCount(List.of(segment(10, NOW_MS - 101), segment(20, NOW_MS)), 20, NOW_MS))
                .isEqualTo(1);
        assertThat(rule.dueCount(List.of(segment(10, NOW_MS - 100), segment(20, NOW_MS)), 20, NOW_MS))
                .isZero();
    }

    @Test
    void olderSegmentBehindAYoungerOneStays() {
        RetentionRule rule = new RetentionRule(100, -1);
        List<Candidate> segments = List.of(segment(10, NOW_MS), segment(20, 0), segment(30, NOW_MS));

        assertThat(rule.dueCount(segments, 30, NOW_MS)).isZero();
    }

    @Test
    void timestampInTheFutureKeepsItsSegment() {
        RetentionRule rule = new RetentionRule(0, -1);

        assertThat(rule.dueCount(List.of(segment(10, NOW_MS + 5), segment(20, 0)), 20, NOW_MS))
                .isZero();
    }

    @Test
    void nothingIsDueThatHoldsAnOffsetAtOrAboveTheHighWatermark() {
        RetentionRule rule = new RetentionRule(100, 0);
        List<Candidate> segments = List.of(segment(10, 0), segment(20, 0), segment(30, 0));

        assertThat(rule.dueCount(segments, 29, NOW_MS)).isEqualTo(2);
        assertThat(rule.dueCount(segments, 9, NOW_MS)).isZero();
    }

    @Test
    void wholeLogIsDueWhenEveryRecordIs() {
        RetentionRule rule = new RetentionRule(100, -1);

        assertThat(rule.dueCount(List.of(segment(10, 0), segment(20, 0)), 20, NOW_MS))
                .isEqualTo(2);
    }

    @Test
    void emptyLastSegmentStays() {
        RetentionRule rule = new RetentionRule(100, 0);

        assertThat(rule.dueCount(List.of(segment(10, 0), new Candidate(10, 0, 0)), 10, NOW_MS))
                .isEqualTo(1);
        assertThat(rule.dueCount(List.of(new Candidate(0, 0, 0)), 0, NOW_MS)).isZero();
    }

    @Test
    void emptySegmentInTheMiddleHoldsNothingBack() {
        RetentionRule rule = new RetentionRule(100, -1);
        List<Candidate> segments = List.of(new Candidate(10, 0, NOW_MS), segment(20, 0), segment(30, NOW_MS));

        assertThat(rule.dueCount(segments, 30, NOW_MS)).isEqualTo(2);
    }

    @Test
    void sizeTakesWholeSegmentsWhileTheLogStaysAtLeastAtItsLimit() {
        List<Candidate> segments = List.of(segment(10, NOW_MS), segment(20, NOW_MS), segment(30, NOW_MS));

        assertThat(new RetentionRule(-1, 300).dueCount(segments, 30, NOW_MS)).isZero();
        assertThat(new RetentionRule(-1, 201).dueCount(segments, 30, NOW_MS)).isZero();
        assertThat(new RetentionRule(-1, 200).dueCount(segments, 30, NOW_MS)).isEqualTo(1);
        assertThat(new RetentionRule(-1, 0).dueCount(segments, 30, NOW_MS)).isEqualTo(3);
    }

    @Test
    void eitherLimitIsEnough() {
        List<Candidate> segments = List.of(segment(10, 0), segment(20, NOW_MS), segment(30, NOW_MS));

        assertThat(new RetentionRule(100, 1_000).dueCount(segments, 30, NOW_MS)).isEqualTo(1);
        assertThat(new RetentionRule(100, 100).dueCount(segments, 30, NOW_MS)).isEqualTo(2);
    }

    @Test
    void withoutLimitsNothingIsDue() {
        assertThat(RetentionRule.KEEP_ALL.dueCount(List.of(segment(10, 0), segment(20, 0)), 20, NOW_MS))
                .isZero();
    }

    @Test
    void whatIsDueIsAlwaysOldestFirstBelowTheHighWatermarkAndForAReason() {
        for (int seed = 0; seed < 2_000; seed++) {
            SeededRandom random = new SeededRandom(seed);
            List<Candidate> segments = new ArrayList<>();
            long end = 0;
            long total = 0;
            for (int index = 1 + random.nextInt(6); index > 0; index--) {
                long size = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(200);
                end += size;
                total += size;
                segments.add(new Candidate(end, size, NOW_MS - random.nextInt(300) + 50));
            }
            RetentionRule rule = new RetentionRule(random.nextInt(300) - 1, random.nextInt(600) - 1);
            long highWatermark = random.nextInt((int) end + 1);

            int due = rule.dueCount(segments, highWatermark, NOW_MS);

            long left = total;
            for (int index = 0; index < due; index++) {
                Candidate segment = segments.get(index);
                boolean isOld = rule.retentionMs() >= 0
                        && (segment.sizeBytes() == 0 || NOW_MS - segment.newestMs() > rule.retentionMs());
                left -= segment.sizeBytes();
                boolean isTooMuch = rule.retentionBytes() >= 0 && left >= rule.retentionBytes();
                assertThat(isOld || isTooMuch)
                        .as("seed %d, segment %d", seed, index)
                        .isTrue();
                assertThat(segment.endOffset()).as("seed %d", seed).isLessThanOrEqualTo(highWatermark);
            }
        }
    }

    private static Candidate segment(long endOffset, long newestMs) {
        return new Candidate(endOffset, 100, newestMs);
    }
}
