package io.meridian.log.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.log.storage.VolumeSpace;
import org.junit.jupiter.api.Test;

class SpaceRuleTest {
    private static final long MIB = 1L << 20;
    private static final SpaceRule RULE = new SpaceRule(1_000 * MIB, 5);

    @Test
    void watermarkIsTheSmallerOfBytesAndShare() {
        assertThat(RULE.lowWatermarkBytes(100_000_000L * MIB)).isEqualTo(1_000 * MIB);
        assertThat(RULE.lowWatermarkBytes(2_000 * MIB)).isEqualTo(100 * MIB);
        assertThat(new SpaceRule(0, 5).lowWatermarkBytes(1 << 30)).isZero();
        assertThat(new SpaceRule(1 << 30, 0).lowWatermarkBytes(1 << 30)).isZero();
    }

    @Test
    void clientsAreRefusedBelowTheWatermarkAndEverybodyBelowTheReserve() {
        assertThat(level(1_000, SpaceLevel.AMPLE)).isEqualTo(SpaceLevel.AMPLE);
        assertThat(level(999, SpaceLevel.AMPLE)).isEqualTo(SpaceLevel.LOW);
        assertThat(level(250, SpaceLevel.AMPLE)).isEqualTo(SpaceLevel.LOW);
        assertThat(level(249, SpaceLevel.LOW)).isEqualTo(SpaceLevel.EXHAUSTED);
    }

    @Test
    void levelIsLeftOnlyWithAQuarterMore() {
        assertThat(level(1_249, SpaceLevel.LOW)).isEqualTo(SpaceLevel.LOW);
        assertThat(level(1_250, SpaceLevel.LOW)).isEqualTo(SpaceLevel.AMPLE);
        assertThat(level(300, SpaceLevel.EXHAUSTED)).isEqualTo(SpaceLevel.EXHAUSTED);
        assertThat(level(313, SpaceLevel.EXHAUSTED)).isEqualTo(SpaceLevel.LOW);
        assertThat(level(1_250, SpaceLevel.EXHAUSTED)).isEqualTo(SpaceLevel.AMPLE);
    }

    @Test
    void withoutAWatermarkOnlyAFullVolumeCounts() {
        SpaceRule none = new SpaceRule(0, 0);

        assertThat(none.level(new VolumeSpace(1 << 30, 0), SpaceLevel.AMPLE)).isEqualTo(SpaceLevel.AMPLE);
        assertThat(none.level(new VolumeSpace(1 << 30, 0), SpaceLevel.EXHAUSTED))
                .isEqualTo(SpaceLevel.EXHAUSTED);
        assertThat(none.level(new VolumeSpace(1 << 30, MIB), SpaceLevel.EXHAUSTED))
                .isEqualTo(SpaceLevel.AMPLE);
    }

    private static SpaceLevel level(long usableMib, SpaceLevel before) {
        return RULE.level(new VolumeSpace(100_000_000L * MIB, usableMib * MIB), before);
    }
}
