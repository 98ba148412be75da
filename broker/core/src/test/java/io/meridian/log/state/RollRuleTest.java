package io.meridian.log.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RollRuleTest {
    private final RollRule rule = new RollRule(1000, 500, 80);

    @Test
    void segmentIsFilledToTheLastByte() {
        SegmentPlan plan = new SegmentPlan(0);
        plan.add(600, 10, 4096);
        assertThat(rule.mustRoll(plan, 400, 10, 1)).isFalse();
        assertThat(rule.mustRoll(plan, 401, 10, 1)).isTrue();
    }

    @Test
    void emptySegmentTakesABatchOfAnySize() {
        assertThat(rule.mustRoll(new SegmentPlan(0), 5000, 10, 1)).isFalse();
    }

    @Test
    void ageCountsFromTheFirstRecord() {
        SegmentPlan plan = new SegmentPlan(0);
        plan.add(10, 1000, 4096);
        plan.add(10, 1400, 4096);
        assertThat(rule.mustRoll(plan, 10, 1500, 1)).isFalse();
        assertThat(rule.mustRoll(plan, 10, 1501, 1)).isTrue();
        assertThat(rule.mustRoll(plan, 10, -1, 1)).isFalse();
    }

    @Test
    void offsetMustFitAnIndexEntry() {
        SegmentPlan plan = new SegmentPlan(100);
        assertThat(rule.mustRoll(plan, 10, 1, 100L + Integer.MAX_VALUE)).isFalse();
        assertThat(rule.mustRoll(plan, 10, 1, 101L + Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void fullIndexClosesTheSegment() {
        SegmentPlan plan = new SegmentPlan(0, 100, 1, 4);
        assertThat(rule.mustRoll(plan, 10, 1, 1)).isFalse();
        assertThat(rule.mustRoll(new SegmentPlan(0, 100, 1, 5), 10, 1, 1)).isTrue();
    }
}
