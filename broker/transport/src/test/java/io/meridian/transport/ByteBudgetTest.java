package io.meridian.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100);
    private final List<String> granted = new ArrayList<>();

    @Test
    void bytesAreGrantedInTheOrderOfAsking() {
        ByteBudget.Reservation first = reserve(90, "first");
        ByteBudget.Reservation large = reserve(80, "large");
        ByteBudget.Reservation small = reserve(5, "small");
        assertThat(large.isGranted()).isFalse();
        assertThat(small.isGranted()).isFalse();

        first.release();

        assertThat(granted).containsExactly("large", "small");
        assertThat(budget.usedBytes()).isEqualTo(85);
    }

    @Test
    void aGrantAtOnceCallsNobody() {
        assertThat(reserve(100, "all").isGranted()).isTrue();
        assertThat(granted).isEmpty();
    }

    @Test
    void whoGivesUpItsPlaceLetsTheNextIn() {
        reserve(90, "first");
        ByteBudget.Reservation large = reserve(80, "large");
        reserve(10, "small");
        large.release();
        assertThat(granted).containsExactly("small");
        assertThat(budget.usedBytes()).isEqualTo(100);
    }

    @Test
    void releasingTwiceGivesBackOnce() {
        ByteBudget.Reservation first = reserve(50, "first");
        reserve(50, "second");
        first.release();
        first.release();
        assertThat(budget.usedBytes()).isEqualTo(50);
    }

    @Test
    void whatCanNeverBeGrantedIsRefused() {
        assertThatThrownBy(() -> reserve(101, "too much")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void smallOnesDoNotWaitForLargeOnesThatDoNotCome() {
        ByteBudget shared = new ByteBudget(100, 25, 10);
        ByteBudget.Reservation pinned = shared.reserve(75, () -> {});
        ByteBudget.Reservation waiting = shared.reserve(50, () -> granted.add("large"));
        ByteBudget.Reservation first = shared.reserve(10, () -> granted.add("first"));
        ByteBudget.Reservation second = shared.reserve(10, () -> granted.add("second"));
        ByteBudget.Reservation third = shared.reserve(10, () -> granted.add("third"));
        assertThat(first.isGranted()).isTrue();
        assertThat(second.isGranted()).isTrue();
        assertThat(third.isGranted()).isFalse();
        assertThat(waiting.isGranted()).isFalse();

        first.release();
        assertThat(granted).containsExactly("third");
        pinned.release();
        assertThat(granted).containsExactly("third", "large");
    }

    @Test
    void smallOnesUseAllOfItWhileNobodyElseWaits() {
        ByteBudget shared = new ByteBudget(100, 25, 10);
        for (int count = 0; count < 10; count++) {
            assertThat(shared.reserve(10, () -> {}).isGranted()).isTrue();
        }
        assertThat(shared.reserve(10, () -> {}).isGranted()).isFalse();
    }

    @Test
    void aLargeOneIsNotStarvedBySmallOnesBeyondTheirShare() {
        ByteBudget shared = new ByteBudget(100, 20, 10);
        List<ByteBudget.Reservation> small = new ArrayList<>();
        for (int count = 0; count < 10; count++) {
            small.add(shared.reserve(10, () -> {}));
        }
        ByteBudget.Reservation large = shared.reserve(80, () -> granted.add("large"));
        small.add(shared.reserve(10, () -> granted.add("small")));

        small.subList(0, 8).forEach(ByteBudget.Reservation::release);

        assertThat(granted).containsExactly("large");
        assertThat(large.isGranted()).isTrue();
    }

    @Test
    void theShareOfSmallOnesIsNoLargeOnes() {
        ByteBudget shared = new ByteBudget(100, 25, 10);
        assertThat(shared.largestBytes()).isEqualTo(75);
        assertThatThrownBy(() -> shared.reserve(76, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    private ByteBudget.Reservation reserve(long bytes, String name) {
        return budget.reserve(bytes, () -> granted.add(name));
    }
}
