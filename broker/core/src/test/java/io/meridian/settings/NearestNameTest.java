package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void editsCountInsertionsDeletionsAndReplacements() {
        assertThat(NearestName.edits("", "abc")).isEqualTo(3);
        assertThat(NearestName.edits("abc", "abc")).isZero();
        assertThat(NearestName.edits("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void misspeltNameFindsTheRightOne() {
        assertThat(NearestName.of("retention.sm", TopicSettings.CATALOGUE.names()))
                .isEqualTo("retention.ms");
        assertThat(NearestName.of("num.partition", BrokerSettings.CATALOGUE.names()))
                .isEqualTo("num.partitions");
    }

    @Test
    void endlessNameIsCutBeforeItIsCompared() {
        assertThat(NearestName.of("a".repeat(1_000_000), List.of("a", "b"))).isEqualTo("a");
    }
}
