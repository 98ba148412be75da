package io.meridian.log.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderEpochsTest {
    private final LeaderEpochs epochs =
            new LeaderEpochs(List.of(new LeaderEpochs.Entry(2, 10), new LeaderEpochs.Entry(5, 40)));

    @Test
    void reignEndsWhereTheNextBegins() {
        assertThat(epochs.epochFor(2)).isEqualTo(2);
        assertThat(epochs.endOffsetFor(2, 100)).isEqualTo(40);
        assertThat(epochs.epochFor(4)).isEqualTo(2);
        assertThat(epochs.endOffsetFor(4, 100)).isEqualTo(40);
        assertThat(epochs.epochFor(5)).isEqualTo(5);
        assertThat(epochs.endOffsetFor(5, 100)).isEqualTo(100);
    }

    @Test
    void epochBeforeTheFirstEndsAtTheFirst() {
        assertThat(epochs.epochFor(1)).isEqualTo(1);
        assertThat(epochs.endOffsetFor(1, 100)).isEqualTo(10);
    }

    @Test
    void epochNewerThanAllIsUnknown() {
        assertThat(epochs.epochFor(6)).isEqualTo(-1);
        assertThat(epochs.endOffsetFor(6, 100)).isEqualTo(-1);
        assertThat(epochs.epochFor(-1)).isEqualTo(-1);
    }

    @Test
    void epochThatNeverWroteGivesItsPlaceToTheNext() {
        assertThat(epochs.assign(7, 60)).isTrue();
        assertThat(epochs.assign(8, 60)).isTrue();
        assertThat(epochs.assign(8, 70)).isFalse();
        assertThat(epochs.assign(3, 70)).isFalse();
        assertThat(epochs.entries())
                .containsExactly(
                        new LeaderEpochs.Entry(2, 10), new LeaderEpochs.Entry(5, 40), new LeaderEpochs.Entry(8, 60));
        assertThat(epochs.epochAt(59)).isEqualTo(5);
        assertThat(epochs.epochAt(60)).isEqualTo(8);
        assertThat(epochs.epochAt(9)).isEqualTo(-1);
    }

    @Test
    void truncationForgetsLaterEpochs() {
        epochs.truncateTo(40);
        assertThat(epochs.latest()).isEqualTo(2);
    }
}
